/** How long the browser is given to take the file; it reads it at once, but says nothing about it. */
const keptMs = 60_000;

/** Hands a file to the browser's own downloads, which asks where to put it when the person wants that. */
export function saveFile(name: string, content: Blob): void {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(content);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), keptMs);
}
