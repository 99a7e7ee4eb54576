/** What no two runs agree on, and what stands for it in a picture. */
const sameEverywhere: readonly (readonly [RegExp, string])[] = [
	[/(127\.0\.0\.1|localhost):\d+/g, "127.0.0.1:8000"],
	[/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "01890000-0000-7000-8000-000000000000"],
	[/\busr\w{14}/g, "usr00000000000000"],
	[/\bBase \d+/g, "Base 1"],
	[/\bChrom(e|ium) \d+/g, "Chromium 100"],
];

/**
 * An expression that gives every moment on the page the same words, and so everything else that no two runs agree on, in texts and in
 * inputs. The pages themselves say moments in `<time>` only.
 */
export const settleText = `(() => {
	const rules = [${sameEverywhere.map(([from, to]) => `[${from}, ${JSON.stringify(to)}]`).join(", ")}];
	const settled = (text) => rules.reduce((so, [from, to]) => so.replace(from, to), text);
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
		const fit = text.parentElement.closest("time") === null ? settled(text.data) : text.data.replace(/.+/s, "12:00");
		if (fit !== text.data) text.data = fit;
	}
	for (const input of document.querySelectorAll("textarea, input:is([type=text], [type=url], :not([type]))")) {
		if (settled(input.value) !== input.value) input.value = settled(input.value);
	}
	return null;
})()`;
