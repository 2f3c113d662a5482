import { html } from '../../../../compliance/audit/reporters/html/markup';

test('what is put into a piece of a page is text, unless it is a piece itself', () => {
  const bold = html`<b>${'<i>'}</b>`;
  expect(html`<p title="${`"'\``}">${bold}${[1, '&', bold]}${undefined}</p>`.text).toBe(
    '<p title="&quot;&#39;&#96;"><b>&lt;i&gt;</b>1&amp;<b>&lt;i&gt;</b></p>',
  );
});

test('what no page can hold is shown as missing, and a carriage return stays one', () => {
  expect(html`${'a\0b\uD800c\r\n😀'}`.text).toBe('a\uFFFDb\uFFFDc&#13;\n😀');
});

test('line breaks of a template are one white space, those of a value stay', () => {
  // Under another name the formatter leaves its lines alone.
  const piece = html;
  expect(
    piece`<p>
      ${'a\n  b'}

    </p>`.text,
  ).toBe('<p>\na\n  b\n</p>');
});
