// Where in a JavaScript string is the n-th character?
// The API counts code points; strings count UTF-16 units, two for an emoji.

export function utf16Offsets(text) {
  const wide = positionsOfWideCharacters(text);
  return (point) => Math.min(text.length, point + countBelow(wide, point));
}

export function countPoints(text) {
  return text.length - positionsOfWideCharacters(text).length;
}

function positionsOfWideCharacters(text) {
  const positions = [];
  let point = 0;
  for (let unit = 0; unit < text.length; unit += 1, point += 1) {
    if (text.codePointAt(unit) > 0xffff) {
      positions.push(point);
      unit += 1;
    }
  }
  return positions;
}

function countBelow(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
