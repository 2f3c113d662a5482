const WIDTH = 80;

/** Words after a label, broken at spaces so that they fit a terminal and continued below the first word. */
export function hang(label: string, text: string, width = WIDTH): string[] {
  const lines: string[] = [];
  let line = label;
  for (const word of text.split(' ').filter(Boolean)) {
    const started = line.length > label.length;
    if (started && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(label.length) + word;
    } else line += (started ? ' ' : '') + word;
  }
  return line.trim() ? [...lines, line] : lines;
}
