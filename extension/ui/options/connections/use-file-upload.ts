import { useEffect, useRef, useState } from "preact/hooks";
import { sha256Of } from "../../../blobs/hash.ts";
import { sourceOf, uploadBlob } from "../../../blobs/upload.ts";
import { fileWords as words } from "../../words/files.ts";
import { useWorld } from "../context.ts";
import { messageOf } from "../use-remote.ts";
import { maxFileBytes, mediaTypeOf } from "./file-kinds.ts";

/** A file that is at the server. */
export type AddedFile = { sha256: string; name: string };

export type FileUpload =
	| { step: "none" }
	| { step: "reading"; name: string }
	| { step: "sending"; name: string; sentBytes: number; byteSize: number }
	| { step: "there"; name: string }
	/** `file`: it can be tried again, and goes on from where it was cut off. Null: not with this file. */
	| { step: "failed"; name: string; problem: string; file: File | null };

/**
 * Brings the file that a person chooses to the server, while the rest of the form is filled in. Another choice, and leaving the page, end what is
 * under way; what the server has by then is kept there for a while, so that choosing the file again goes on from it.
 */
export function useFileUpload(onAdded: (file: AddedFile | null) => void) {
	const { client } = useWorld();
	const [upload, setUpload] = useState<FileUpload>({ step: "none" });
	const running = useRef<AbortController | null>(null);
	useEffect(() => () => running.current?.abort(), []);

	const take = async (file: File): Promise<void> => {
		const { name, size: byteSize } = file;
		running.current?.abort();
		const turn = new AbortController();
		running.current = turn;
		const show = (next: FileUpload) => turn.signal.aborted || setUpload(next);
		onAdded(null);
		const refusal = byteSize === 0 ? words.empty : byteSize > maxFileBytes ? words.tooLarge : null;
		if (refusal !== null) return void show({ step: "failed", name, problem: refusal, file: null });
		show({ step: "reading", name });
		try {
			const sha256 = await sha256Of(file);
			await uploadBlob(sourceOf(file, sha256, mediaTypeOf(name)), {
				client,
				signal: turn.signal,
				onProgress: (sentBytes) => show({ step: "sending", name, sentBytes, byteSize }),
			});
			if (turn.signal.aborted) return;
			show({ step: "there", name });
			onAdded({ sha256, name });
		} catch (error) {
			show({ step: "failed", name, problem: messageOf(error), file });
		}
	};
	return { upload, take };
}
