import { useState } from "preact/hooks";
import { browser } from "wxt/browser";
import { blobAddress, maxPictureBytes } from "../../blobs/address.ts";
import { keepBlob } from "../../blobs/store.ts";
import { siteOf } from "../../capture/values/url.ts";
import { OutboxError } from "../../outbox/outbox-error.ts";
import { ownPictures } from "../local/pictures.ts";
import { askForSites, originOf } from "../panel/host-access.ts";
import { Icon } from "../parts/icon.tsx";
import { Problem } from "../parts/problem.tsx";
import { pictureWords as words } from "../words/pictures.ts";

/** What can be kept: as the contract's `pictureTypes`. */
const kinds: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"]);

/** Keeps the bytes of a picture of the web: its site is asked for by name, from the press, and given back afterwards. */
export function KeepCopy({ url, onKept }: { url: string; onKept: (address: string) => void }) {
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string | null>(null);
	const [origin, site] = [originOf(url), siteOf(url)];
	if (origin === null) return null;
	const keep = async () => {
		// First of all, while the press counts.
		const had = browser.permissions.contains({ origins: [origin] });
		const isAllowed = await askForSites([origin]);
		if (!isAllowed) return setProblem(words.keepCopyRefused(site));
		setBusy(true);
		setProblem(null);
		const kept = await copyOf(url, site).catch((error: unknown) => ({ problem: messageOf(error, site) }));
		if (!(await had)) await browser.permissions.remove({ origins: [origin] }).catch(() => undefined);
		setBusy(false);
		if ("problem" in kept) setProblem(kept.problem);
		else onKept(kept.address);
	};
	return (
		<>
			<button
				type="button"
				class="menu-item"
				aria-describedby="keep-copy-why"
				aria-disabled={busy}
				onClick={() => !busy && void keep()}
			>
				<Icon name="copy" />
				<span class="menu-item-text">{busy ? words.keeping : words.keepCopy}</span>
			</button>
			<p class="muted" id="keep-copy-why">
				{words.keepCopyWhy(site)}
			</p>
			<Problem>{problem}</Problem>
		</>
	);
}

/** What was kept, or the sentence that says why it was not. @throws OutboxError, and TypeError where nobody answers */
async function copyOf(url: string, site: string): Promise<{ address: string } | { problem: string }> {
	const answer = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer" });
	if (!answer.ok) return { problem: words.keepCopyFailed(site) };
	const picture = await answer.blob();
	const type = picture.type.split(";")[0]?.trim().toLowerCase() ?? "";
	if (!kinds.has(type) || picture.size > maxPictureBytes) return { problem: words.keepCopyKind };
	const blobs = await ownPictures();
	try {
		const { sha256 } = await keepBlob(blobs, picture.slice(0, picture.size, type));
		return { address: blobAddress(sha256) };
	} finally {
		blobs.close();
	}
}

function messageOf(error: unknown, site: string): string {
	return error instanceof OutboxError ? error.message : words.keepCopyFailed(site);
}
