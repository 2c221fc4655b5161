import { lightPalette as light } from './palette.ts';

/** Fonts that journals take, and that are equally wide where one stands for another. */
export const pictureFont = 'Arial, Helvetica, Arimo, sans-serif';

/** How all pictures look; colours are literal, for a picture may be cut out of its page. */
export const pictureStyle = {
  aria: false,
  background: 'transparent',
  font: pictureFont,
  axis: {
    domainColor: light.line,
    tickColor: light.line,
    gridColor: light.grid,
    labelColor: light.soft,
    titleColor: light.soft,
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    labelLimit: 150,
    labelSeparation: 6, // labels that nearly touch are left out, as those are that overlap
    labelFlush: false, // the outer labels stay where their ticks are, as far from their neighbours as the others
  },
  legend: { labelColor: light.soft, titleColor: light.soft, labelFontSize: 11, labelLimit: 240 },
  header: { labelFontSize: 11 },
  text: { font: pictureFont },
  title: {
    color: light.text,
    subtitleColor: light.soft,
    fontSize: 13,
    fontWeight: 'bold',
    subtitleFontSize: 11,
    anchor: 'start',
    offset: 8,
  },
  view: { stroke: 'transparent' },
} as const;

/** On paper words and lines are darker than on a screen, and nothing is bold. */
export const paperStyle = {
  ...pictureStyle,
  axis: { ...pictureStyle.axis, domainColor: light.soft, tickColor: light.soft, labelColor: light.text, titleColor: light.text },
  legend: { ...pictureStyle.legend, labelColor: light.text },
  title: { ...pictureStyle.title, fontSize: 12, fontWeight: 'normal', offset: 6 },
} as const;
