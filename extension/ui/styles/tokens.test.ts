import { describe, expect, test } from "bun:test";

/**
 * WCAG 2.2: 4.5:1 for text (1.4.3), 3:1 for the edges of controls and the focus ring (1.4.11), computed from tokens.css in
 * both themes. OKLCH to linear sRGB by Björn Ottosson's matrices (https://bottosson.github.io/posts/oklab/).
 */
const css = await Bun.file(`${import.meta.dir}/tokens.css`).text();
const pattern = /--color-([a-z-]+):\s*light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)/g;
const tokens = new Map(
	[...css.matchAll(pattern)].map(([, name = "", light = "", dark = ""]) => [name, { light, dark }]),
);

type Theme = "light" | "dark";

function luminance(oklch: string): number {
	const [lightness = 0, chroma = 0, hue = 0] = oklch.split(" ").map(Number);
	const a = chroma * Math.cos((hue * Math.PI) / 180);
	const b = chroma * Math.sin((hue * Math.PI) / 180);
	const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
	const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
	const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
	const clamp = (channel: number) => Math.min(1, Math.max(0, channel));
	return 0.2126 * clamp(red) + 0.7152 * clamp(green) + 0.0722 * clamp(blue);
}

function contrast(one: string, other: string, theme: Theme): number {
	const read = (name: string) => {
		const token = tokens.get(name);
		if (!token) throw new Error(`tokens.css has no --color-${name}`);
		return luminance(token[theme]);
	};
	const [high = 0, low = 0] = [read(one), read(other)].sort((x, y) => y - x);
	return (high + 0.05) / (low + 0.05);
}

const backgrounds = ["page", "surface", "raised", "sunken", "hover"];
const washes: [text: string, background: string][] = ["good", "warn", "bad"].flatMap((tone): [string, string][] => [
	[tone, `${tone}-wash`],
	["text", `${tone}-wash`],
]);
const texts: [text: string, background: string][] = [
	...backgrounds.flatMap((background): [string, string][] => [
		["text", background],
		["muted", background],
	]),
	["text", "pressed"],
	...["page", "surface", "raised"].flatMap((background): [string, string][] => [
		["good", background],
		["warn", background],
		["bad", background],
	]),
	...washes,
	["on-accent", "accent"],
	["on-accent", "accent-hover"],
	["on-accent", "accent-pressed"],
];
const controls: [edge: string, background: string][] = ["page", "surface", "raised"].flatMap(
	(background): [string, string][] => [
		["control", background],
		["control-hover", background],
		["accent-edge", background],
		["focus", background],
	],
);

describe("WCAG 2.2 AA: colours keep their distance in both themes", () => {
	for (const theme of ["light", "dark"] as const) {
		for (const [text, background] of texts) {
			test(`1.4.3: ${text} on ${background}, ${theme}, at least 4.5:1`, () => {
				expect(contrast(text, background, theme)).toBeGreaterThanOrEqual(4.5);
			});
		}
		for (const [edge, background] of controls) {
			test(`1.4.11: ${edge} on ${background}, ${theme}, at least 3:1`, () => {
				expect(contrast(edge, background, theme)).toBeGreaterThanOrEqual(3);
			});
		}
	}

	test("colours are written in tokens.css only", async () => {
		const sheets = [...new Bun.Glob("*.css").scanSync(import.meta.dir)].filter((sheet) => sheet !== "tokens.css");
		expect(sheets.length).toBeGreaterThan(5);
		for (const sheet of sheets) {
			const text = await Bun.file(`${import.meta.dir}/${sheet}`).text();
			expect([sheet, text.match(/oklch\(|rgba?\(|hsla?\(|#[\da-f]{3,8}\b/gi)]).toEqual([sheet, null]);
		}
	});
});
