// Which findings cover which stretch of the text? Overlaps become stretches of their own.

// Findings: [{index, spans: [{start, end}]}]. Answers [{start, end, covering: [index, …]}] in the
// order of the text, stretches without findings left out; the shortest span comes first.
export function segments(findings) {
  const edges = sortedEdges(findings);
  const open = new Map();
  const found = [];
  let from = 0;
  for (const edge of edges) {
    if (edge.at > from && open.size > 0) found.push({ start: from, end: edge.at, covering: shortestFirst(open) });
    from = edge.at;
    if (edge.opens) open.set(edge.span, edge);
    else open.delete(edge.span);
  }
  return found;
}

// Cuts stretches and the gaps between them at the given places, so that each piece lies in one chunk.
export function pieces(length, stretches, cuts) {
  const whole = withGaps(length, stretches);
  const cut = [];
  let next = 0;
  for (const piece of whole) {
    let start = piece.start;
    while (next < cuts.length && cuts[next] <= start) next += 1;
    while (next < cuts.length && cuts[next] < piece.end) {
      cut.push({ ...piece, start, end: cuts[next] });
      start = cuts[next];
      next += 1;
    }
    cut.push({ ...piece, start });
  }
  return cut;
}

function sortedEdges(findings) {
  const edges = [];
  for (const { index, spans } of findings) {
    for (const span of spans) {
      const size = span.end - span.start;
      edges.push({ at: span.start, opens: true, span, index, size });
      edges.push({ at: span.end, opens: false, span, index, size });
    }
  }
  return edges.sort((one, other) => one.at - other.at || Number(one.opens) - Number(other.opens));
}

function shortestFirst(open) {
  const edges = [...open.values()].sort((one, other) => one.size - other.size || one.index - other.index);
  return [...new Set(edges.map((edge) => edge.index))];
}

function withGaps(length, stretches) {
  const whole = [];
  let from = 0;
  for (const stretch of stretches) {
    if (stretch.start > from) whole.push({ start: from, end: stretch.start, covering: [] });
    whole.push(stretch);
    from = stretch.end;
  }
  if (from < length) whole.push({ start: from, end: length, covering: [] });
  return whole;
}
