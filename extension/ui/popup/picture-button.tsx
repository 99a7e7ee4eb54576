import { useRef, useState } from "preact/hooks";
import { Icon } from "../parts/icon.tsx";
import { lazy } from "../parts/lazy.tsx";
import { pictureOf } from "../record/record-form.ts";
import { popupWords } from "../words/popup.ts";
import type { Editor } from "./editor.ts";
import type { PictureChooserProps } from "./picture-chooser.tsx";

const PictureChooser = lazy<PictureChooserProps>(async () => (await import("./picture-chooser.tsx")).PictureChooser);

const KeptImage = lazy<{ address: string }>(async () => (await import("../record/kept-picture.tsx")).KeptImage);

/** Taken by Sheaf: its bytes are not at an address of the web. */
const isKept = (url: string): boolean => url.startsWith("ni:");

type PictureButtonProps = { editor: Editor; onChoose: (url: string) => void };

/**
 * The picture in a place of fixed size; when it cannot be loaded, the place stays. Pressed, it shows the page's other pictures, and the way
 * to have none.
 */
export function PictureButton({ editor, onChoose }: PictureButtonProps) {
	const url = pictureOf(editor.form);
	const [broken, setBroken] = useState("");
	const [isOpen, setOpen] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	const close = () => {
		setOpen(false);
		button.current?.focus();
	};
	return (
		<>
			<button
				type="button"
				ref={button}
				class="picture"
				title={popupWords.changePicture}
				aria-label={popupWords.changePicture}
				aria-haspopup="dialog"
				aria-expanded={isOpen}
				onClick={() => setOpen(!isOpen)}
			>
				{isKept(url) ? (
					<KeptImage address={url} />
				) : url && broken !== url ? (
					<img src={url} alt={popupWords.imageAlt} referrerpolicy="no-referrer" onError={() => setBroken(url)} />
				) : (
					<Icon name="image" />
				)}
			</button>
			{isOpen && (
				<PictureChooser
					// What is opened from the list may be of another page than the one that is there now.
					document={editor.fromList ? null : editor.document}
					chosen={url}
					anchor={button}
					onTaken={onChoose}
					onChoose={(next) => {
						onChoose(next);
						close();
					}}
					onClose={close}
				/>
			)}
		</>
	);
}
