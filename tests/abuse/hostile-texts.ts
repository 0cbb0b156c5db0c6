/**
 * Texts that somebody with bad intent, or a bad program, puts wherever a text may be put. Those that a schema takes must
 * do no harm behind it; the others it must refuse.
 */
export const markupTexts = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "'-alert(1)-'",
  '<iframe src=javascript:alert(1)></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '</style><style>body{display:none}</style>',
  '<b>bold</b><!-- -->',
  '&lt;script&gt;&#x61;&amp;',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}{alert(1)}%{alert(1)}',
  '{count, plural, one {x} other {<b>#</b>}}',
] as const;

/** Marks that are not seen, turn the direction of what follows, or mean something to a terminal or a printer. */
export const hiddenTexts = [
  'a\u0000b',
  'a\nb\r\nc\td',
  '\u001b[31mred\u001b]0;title\u0007',
  '\u001b@\u001dV\u0000\u001bp\u0000\u0019\u00fa',
  '\u0010\u0014\u0001\u0000\u0001',
  'a\u007fb\u009b31m',
  'a\u202egnp.exe',
  'a\u2066b\u2069\u202dc',
  'a\u200e\u200f\u061cb',
  'a\u2028b\u2029c',
  'a\u200bb\u2060c\ufeff',
  '\ufff9a\ufffab\ufffb',
  'a\u{e0041}\u{e007f}',
  'a\ufffeb\uffff',
  '\ud800',
  'a\udfffb',
  '\ufffd',
  '\u3164\u115f\u2800',
  `Z${'\u0301\u0323\u0334\u0336'.repeat(15)}`,
  '   ',
] as const;

/** Of other scripts and shapes: right as they are, and no screen may break by them. */
export const foreignTexts = [
  'مرحبا بالعالم',
  'שלום עולם',
  'สวัสดีชาวโลก น้ำ',
  'İıŞşĞğÇçƏəÖöÜü',
  'Ţ̷ē̈x̂t̃',
  '👩‍👩‍👧‍👦🏳️‍🌈🇮🇩',
  '一二三四五六七八九十',
  'ﷺ﷽',
] as const;

/** What makes databases, shells, files and lookups do something else. */
export const commandTexts = [
  '',
  '0',
  '-1',
  'null',
  'true',
  'NaN',
  '../../etc/passwd',
  '..\\..\\windows',
  "'; drop table ticket; --",
  '" or 1=1 --',
  '$(reboot)`reboot`',
  '=HYPERLINK("http://x")',
  '%00%0d%0a',
  '{b:plain}:lines',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'C-1',
  'S-0',
  '٣',
] as const;

const longTexts = [
  'x'.repeat(80),
  'x'.repeat(81),
  'ж'.repeat(200),
  '𝒳'.repeat(80),
  'x y '.repeat(100),
  'x'.repeat(4_000),
];

export const hostileTexts: readonly string[] = [
  ...markupTexts,
  ...hiddenTexts,
  ...foreignTexts,
  ...commandTexts,
  ...longTexts,
];
