import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the font's own style sheet is, with the files that it names beside it. */
const font = dirname(fileURLToPath(import.meta.resolve("@fontsource-variable/vazirmatn/index.css")));

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
const stillCss = `@import "./index.css";
:root { --font-ui: "Vazirmatn Variable"; --font-mono: "Vazirmatn Variable"; }
*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }
* { scrollbar-width: none !important; }
`;

/**
 * Makes an unpacked extension look the same on every machine: its pages are set in a font that comes with it (Latin and Arabic), and
 * nothing in them moves. For a copy that is tested; the artefact has neither.
 */
export function holdStill(extension: string): void {
	cpSync(`${font}/files`, `${extension}/still/files`, { recursive: true });
	cpSync(`${font}/index.css`, `${extension}/still/index.css`);
	writeFileSync(`${extension}/still/still.css`, stillCss);
	for (const name of readdirSync(extension).filter((file) => file.endsWith(".html"))) {
		const page = readFileSync(`${extension}/${name}`, "utf8");
		writeFileSync(
			`${extension}/${name}`,
			page.replace("</head>", '<link rel="stylesheet" href="/still/still.css"></head>'),
		);
	}
}
