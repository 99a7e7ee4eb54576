import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The fonts' own style sheets, with the files that they name beside them. The second has what the first has not: arrows. */
const styleSheets = [
	import.meta.resolve("@fontsource-variable/vazirmatn/index.css"),
	import.meta.resolve("@fontsource/dejavu-sans/latin-400.css"),
].map((address) => fileURLToPath(address));

/** Letters are drawn by the browser's own means, and not as the machine is set up. */
export const stillFlags = [
	"--font-render-hinting=none",
	"--disable-lcd-text",
	"--disable-font-subpixel-positioning",
	"--force-color-profile=srgb",
	"--force-device-scale-factor=1",
	"--hide-scrollbars",
	"--lang=en-US",
	// A smaller screen would cut the popup.
	"--screen-info={1280x1024}",
];

/** What the machine says of time and language, which pages show. */
export const stillEnv = { TZ: "UTC", LANGUAGE: "en_US", LC_ALL: "C.UTF-8" };

/** Outside every cascade layer, and so over what the pages say themselves. */
const stillCss = `${styleSheets.map((sheet) => `@import "./${basename(sheet)}";`).join("\n")}
:root { --font-ui: "Vazirmatn Variable", "DejaVu Sans"; --font-mono: var(--font-ui); }
*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }
* { scrollbar-width: none !important; }
`;

/**
 * Makes an unpacked extension look the same on every machine: its pages are set in fonts that come with it (Latin, Arabic and arrows), and
 * nothing in them moves. For a copy that is tested; the artefact has neither.
 */
export function holdStill(extension: string): void {
	for (const sheet of styleSheets) {
		cpSync(`${dirname(sheet)}/files`, `${extension}/still/files`, { recursive: true });
		cpSync(sheet, `${extension}/still/${basename(sheet)}`);
	}
	writeFileSync(`${extension}/still/still.css`, stillCss);
	for (const name of readdirSync(extension).filter((file) => file.endsWith(".html"))) {
		const page = readFileSync(`${extension}/${name}`, "utf8");
		writeFileSync(
			`${extension}/${name}`,
			page.replace("</head>", '<link rel="stylesheet" href="/still/still.css"></head>'),
		);
	}
}
