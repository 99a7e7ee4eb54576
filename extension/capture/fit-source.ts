import { limits } from "./limits.ts";
import { cleanLine, cut } from "./values/text.ts";
import { withoutLongFragment } from "./values/url.ts";

type Source = { url: string; title: string };

/**
 * Where a capture came from, in the lengths and characters that the wire takes. The person cannot edit it, so one that
 * was refused for it could never be sent.
 */
export const fitSource = ({ url, title }: Source): Source => {
	const address = withoutLongFragment(url);
	const short = address.length <= limits.urlChars ? address : (address.split("?")[0] ?? "");
	return { url: cut(short, limits.urlChars), title: cleanLine(title, limits.titleChars) };
};
