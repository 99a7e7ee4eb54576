import { useId } from "preact/hooks";
import { createPageClient } from "../../api/page-client.ts";
import { openPanel } from "../../background/open-panel.ts";
import type { Feed } from "../../live/shared-feed.ts";
import type { Settings } from "../local/settings.ts";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { useModal } from "../parts/use-modal.ts";
import { PickPane } from "../pick/pick-pane.tsx";
import { pickWords as words } from "../words/pick.ts";
import type { ActiveTab } from "./read-page.ts";

export type PickDialogProps = {
	settings: Settings;
	online: boolean;
	feed: Feed | null;
	/** The tab the popup is over. */
	tab: ActiveTab | null;
	onClose: () => void;
};

const client = createPageClient();

/** Rows of connected accounts, over the popup and in its size; the side panel has more room and stays open. */
export function PickDialog({ tab, onClose, ...world }: PickDialogProps) {
	const dialog = useModal();
	const heading = useId();
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== "Escape" || event.defaultPrevented) return;
		// Left to the browser, it would close the extension's popup with it.
		event.preventDefault();
		onClose();
	};
	const toPanel = () => {
		if (tab === null) return;
		// The gesture opens it: nothing may be awaited before.
		openPanel("pick", tab);
		window.close();
	};
	return (
		<dialog ref={dialog} class="queue pick-dialog" aria-labelledby={heading} onKeyDown={onKeyDown}>
			<header class="head">
				<button type="button" class="button head-menu" aria-label={words.back} title={words.back} onClick={onClose}>
					<Icon name="back" />
				</button>
				<h1 id={heading} class="queue-title">
					{words.title}
				</h1>
				{tab !== null && (
					<Button size="small" onPress={toPanel}>
						{words.openPanel}
					</Button>
				)}
			</header>
			<PickPane world={{ ...world, client }} />
		</dialog>
	);
}
