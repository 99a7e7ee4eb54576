import { useState } from "preact/hooks";
import { type PictureAt, useKeptPicture } from "../local/pictures.ts";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { Problem } from "../parts/problem.tsx";
import { pictureWords as words } from "../words/pictures.ts";

/** The picture that an address of ours names, alone: in a place whose button has a name of its own. */
export function KeptImage({ address }: { address: string }) {
	const { picture } = useKeptPicture(address);
	return picture.at === "here" ? <img src={picture.url} alt={words.alt} /> : <Icon name="image" />;
}

/** The picture with the sentence that says where it is, and the button that fetches it. */
export function KeptPicture({ address }: { address: string }) {
	const { picture, fetch } = useKeptPicture(address);
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string | null>(null);
	const bring = async () => {
		setBusy(true);
		setProblem(null);
		await fetch().catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
		setBusy(false);
	};
	return (
		<figure class="kept-picture" data-at={picture.at}>
			{picture.at === "here" ? (
				<img src={picture.url} alt={words.alt} />
			) : (
				<span class="kept-picture-place">
					<Icon name="image" />
				</span>
			)}
			<figcaption>
				<span role="status">{sentenceOf(picture)}</span>
				{picture.at === "here" && picture.refused !== null && <Problem>{picture.refused}</Problem>}
				{picture.at === "server" && (
					<Button size="small" busy={busy ? words.keeping : null} onPress={() => void bring()}>
						{words.fetch}
					</Button>
				)}
				<Problem>{problem}</Problem>
			</figcaption>
		</figure>
	);
}

function sentenceOf(picture: PictureAt): string {
	switch (picture.at) {
		case "looking":
			return words.looking;
		case "here":
			return picture.server === "stored"
				? words.atServerHere
				: picture.server === "waiting" && picture.refused === null
					? words.uploading
					: words.here;
		case "server":
			return words.atServer;
		case "elsewhere":
			return words.elsewhere(picture.device);
		case "nowhere":
			return words.gone;
		case "unasked":
			return words.unknown;
	}
}
