import { useEffect, useState } from "preact/hooks";
import { createPageClient } from "../../api/page-client.ts";
import { hashOfAddress } from "../../blobs/address.ts";
import { BlobDatabase, type BlobRow, blobsName, isThere } from "../../blobs/blob-database.ts";
import { fetchBlob } from "../../blobs/fetch-blob.ts";
import { blobRow, readBlob } from "../../blobs/store.ts";
import { outboxName } from "../../outbox/outbox.ts";
import { readDeviceId } from "../../settings/device-id.ts";
import { account as accountItem } from "../../settings/items.ts";

/** Where a picture is, as this device knows it. */
export type PictureAt =
	| { at: "looking" }
	/** `url` is good for an `img` of this page. `refused`: why the server does not take it. */
	| { at: "here"; url: string; server: "stored" | "waiting" | "none"; refused: string | null }
	| { at: "server" }
	/** `device` null: one of somebody else's, or without a name. */
	| { at: "elsewhere"; device: string | null }
	/** No device that is known of has it. */
	| { at: "nowhere" }
	/** It is not here, and the server cannot be asked. */
	| { at: "unasked" };

export type KeptPicture = { picture: PictureAt; fetch: () => Promise<void> };

/** The picture that an address names, and where it is; looked at again whenever the pictures here change. */
export function useKeptPicture(address: string): KeptPicture {
	const [picture, setPicture] = useState<PictureAt>({ at: "looking" });
	const [round, setRound] = useState(0);
	const sha256 = hashOfAddress(address);
	useEffect(() => {
		let left = false;
		let url: string | null = null;
		let stop = (): void => undefined;
		const look = async () => {
			const found = sha256 === null ? ({ at: "nowhere" } as const) : await lookFor(sha256);
			if (left) return found.at === "here" ? URL.revokeObjectURL(found.url) : undefined;
			if (url !== null) URL.revokeObjectURL(url);
			url = found.at === "here" ? found.url : null;
			setPicture(found);
		};
		void look().catch(() => !left && setPicture({ at: "unasked" }));
		void watchPictures(() => void look().catch(() => undefined)).then((unwatch) =>
			left ? unwatch() : (stop = unwatch),
		);
		return () => {
			left = true;
			stop();
			if (url !== null) URL.revokeObjectURL(url);
		};
	}, [sha256, round]);
	const fetch = async () => {
		const here = await accountItem.getValue();
		if (sha256 === null || !here?.workspaceId) return;
		const blobs = await ownPictures();
		try {
			await fetchBlob(sha256, { client: createPageClient(), blobs, workspaceId: here.workspaceId });
		} finally {
			blobs.close();
			setRound(round + 1);
		}
	};
	return { picture, fetch };
}

/** The pictures of whoever is here. The caller closes them. */
export async function ownPictures(): Promise<BlobDatabase> {
	return new BlobDatabase(await ownName());
}

async function ownName(): Promise<string> {
	const here = await accountItem.getValue();
	return blobsName(outboxName({ userId: here?.userId ?? null, deviceId: await readDeviceId() }));
}

async function watchPictures(onChange: () => void): Promise<() => void> {
	const blobs = await ownPictures();
	blobs.onChange(onChange);
	return () => blobs.close();
}

async function lookFor(sha256: string): Promise<PictureAt> {
	if (await isThere(await ownName())) {
		const blobs = await ownPictures();
		try {
			const [row, bytes] = [await blobRow(blobs, sha256), await readBlob(blobs, sha256)];
			if (row && bytes) return { at: "here", url: URL.createObjectURL(bytes), ...standingOf(row) };
		} finally {
			blobs.close();
		}
	}
	return await askFor(sha256);
}

function standingOf({ places }: BlobRow): Pick<Extract<PictureAt, { at: "here" }>, "server" | "refused"> {
	const all = Object.values(places);
	const refused = all.find(({ state }) => state === "refused")?.problem?.message ?? null;
	const stored = all.length > 0 && all.every(({ state }) => state === "stored");
	return { server: stored ? "stored" : all.length > 0 ? "waiting" : "none", refused };
}

async function askFor(sha256: string): Promise<PictureAt> {
	if ((await accountItem.getValue()) === null) return { at: "nowhere" };
	const answer = await createPageClient()
		.lookUpBlobs([sha256])
		.catch(() => null);
	if (answer === null) return { at: "unasked" };
	const [view] = answer;
	if (view?.stored) return { at: "server" };
	const other = view?.devices.find(({ thisDevice }) => !thisDevice);
	return other ? { at: "elsewhere", device: other.name } : { at: "nowhere" };
}
