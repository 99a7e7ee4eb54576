import { useEffect, useRef, useState } from "preact/hooks";
import { tabPictures } from "../../background/tab-pictures.ts";
import { hashOfAddress } from "../../blobs/address.ts";
import type { CapturedDocument } from "../../capture/draft.ts";
import type { PagePicture } from "../../capture/pictures.ts";
import { isWebAddress } from "../../capture/values/url.ts";
import { Icon } from "../parts/icon.tsx";
import { KeptPicture } from "../record/kept-picture.tsx";
import { popupWords } from "../words/popup.ts";
import { KeepCopy } from "./keep-copy.tsx";
import { ShotEntries } from "./shot-entries.tsx";

export type PictureChooserProps = {
	/** The document whose pictures are offered; null: there is none to ask. */
	document: CapturedDocument | null;
	/** The address of the picture the record has now, or nothing. */
	chosen: string;
	/** What it was opened from: it stands under it. */
	anchor: { current: HTMLElement | null };
	/** It is the record's picture now; there may be more to say. */
	onTaken: (url: string) => void;
	onChoose: (url: string) => void;
	onClose: () => void;
};

type Found = PagePicture[] | "looking" | "gone";

/** The page's pictures, to choose the record's from. The page is asked only now. */
export function PictureChooser({ document: page, chosen, anchor, onTaken, onChoose, onClose }: PictureChooserProps) {
	const panel = useRef<HTMLDivElement>(null);
	const [found, setFound] = useState<Found>("looking");
	useEffect(() => {
		const box = anchor.current?.getBoundingClientRect();
		panel.current?.showPopover();
		if (panel.current && box) panel.current.style.top = `${box.bottom + 4}px`;
		panel.current?.querySelector("button")?.focus();
		if (page === null) return setFound("gone");
		let left = false;
		void tabPictures(page).then((pictures) => !left && setFound(pictures ?? "gone"));
		return () => {
			left = true;
		};
	}, []);
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== "Escape") return;
		// Left to the browser, it would close the extension's popup too.
		event.preventDefault();
		onClose();
	};
	// A press beside it closes it; the browser does that, and says so.
	const onToggle = (event: Event) => event instanceof ToggleEvent && event.newState === "closed" && onClose();
	return (
		<div
			ref={panel}
			popover="auto"
			role="dialog"
			aria-label={popupWords.pictures}
			class="menu pictures"
			onKeyDown={onKeyDown}
			onToggle={onToggle}
		>
			<button type="button" class="menu-item" aria-pressed={chosen === ""} onClick={() => onChoose("")}>
				<Icon name={chosen === "" ? "tick" : "close"} />
				<span class="menu-item-text">{popupWords.noPicture}</span>
			</button>
			{hashOfAddress(chosen) !== null && <KeptPicture address={chosen} />}
			{isWebAddress(chosen) && <KeepCopy url={chosen} onKept={onChoose} />}
			{page && <ShotEntries page={page} onTaken={onTaken} onDone={onClose} />}
			<p class="hidden-visually" role="status">
				{found === "looking" ? popupWords.lookingForPictures : ""}
			</p>
			<Pictures found={found} chosen={chosen} onChoose={onChoose} />
		</div>
	);
}

function Pictures({ found, chosen, onChoose }: { found: Found } & Pick<PictureChooserProps, "chosen" | "onChoose">) {
	if (found === "gone") return <p class="choice-none muted">{popupWords.picturesGone}</p>;
	if (found === "looking") {
		return (
			<div class="picture-grid" aria-hidden="true">
				{Array.from({ length: 8 }, (_, index) => (
					<span class="picture-tile skeleton" key={index} />
				))}
			</div>
		);
	}
	if (found.length === 0) return <p class="choice-none muted">{popupWords.noPictures}</p>;
	return (
		<div class="picture-grid">
			{found.map((picture, place) => (
				<PictureTile key={picture.url} picture={picture} number={place + 1} {...{ chosen, onChoose }} />
			))}
		</div>
	);
}

type TileProps = Pick<PictureChooserProps, "chosen" | "onChoose"> & { picture: PagePicture; number: number };

function PictureTile({ picture, number, chosen, onChoose }: TileProps) {
	const [broken, setBroken] = useState(false);
	if (broken) return null;
	const { url, alt, width, height } = picture;
	const name = alt || popupWords.pictureNumber(number);
	return (
		<button
			type="button"
			class="picture-tile"
			aria-pressed={chosen === url}
			aria-label={name}
			title={width > 0 && height > 0 ? `${name} · ${width} × ${height}` : name}
			onClick={() => onChoose(url)}
		>
			<img src={url} alt="" referrerpolicy="no-referrer" onError={() => setBroken(true)} />
		</button>
	);
}
