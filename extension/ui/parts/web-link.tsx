import type { ComponentChildren } from "preact";
import { isWebAddress } from "../../capture/values/url.ts";

type WebLinkProps = { href: string; title?: string; children: ComponentChildren };

/**
 * A link to an address that came from a page, a server or a provider. Anything but http and https stays text: on our own
 * pages `javascript:` would have our rights.
 */
export function WebLink({ href, title, children }: WebLinkProps) {
	if (!isWebAddress(href)) return <span title={title}>{children}</span>;
	return (
		<a href={href} target="_blank" rel="noreferrer" title={title}>
			{children}
		</a>
	);
}
