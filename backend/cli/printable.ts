/** Characters that a terminal acts on, and those that turn the direction of what is around them; line ends and tabs stay. */
const acting = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/** What somebody else wrote (a workspace's name, an answer), with nothing in it that a terminal would do instead of show. */
export function printable(text: string): string {
	return text.replaceAll(acting, "\ufffd");
}
