// Which line in a shell makes the same call?

// The body stands between quoted marks, where a shell changes nothing; JSON keeps line breaks
// inside strings escaped, so no line of it can be the closing mark.
export function curlCommand({ url, payload, hasKey }) {
  const lines = [
    `curl -sS ${quoted(new URL(url, location.href).href)} \\`,
    "  -H 'Content-Type: application/json' \\",
    "  -H 'Prefer: wait=10' \\",
    ...(hasKey ? ['  -H "Authorization: Bearer $CONTENTCREATE_KEY" \\'] : []),
    "  --data-binary @- <<'JSON'",
    JSON.stringify(payload, null, 2),
    "JSON",
  ];
  return lines.join("\n");
}

export function connectCallDialog(root) {
  const dialog = root.querySelector("[data-call]");
  const text = dialog.querySelector("[data-call-text]");
  const copied = dialog.querySelector("[data-call-copied]");
  dialog.querySelector("[data-call-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.querySelector("[data-call-copy]").addEventListener("click", async () => {
    copied.textContent = (await copy(text)) ? "Copied." : "Selected: press Ctrl+C or ⌘C.";
  });
  return (call) => {
    text.textContent = curlCommand(call);
    copied.textContent = "";
    dialog.querySelector("[data-call-key]").hidden = !call.hasKey;
    dialog.showModal();
  };
}

// The clipboard is open to pages on https and localhost only; elsewhere the line is selected.
async function copy(node) {
  try {
    await navigator.clipboard.writeText(node.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(node);
    return false;
  }
}

function quoted(word) {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
