import { useRef, useState } from "preact/hooks";
import { type Imported, importRecords, NotAnExport } from "../../../outbox/import-records.ts";
import { askFlush } from "../../local/ask-flush.ts";
import { Button } from "../../parts/button.tsx";
import { dataWords as words } from "../../words/data.ts";
import { useWorld } from "../context.ts";
import { Deed } from "../deed.tsx";
import { useDoing } from "../use-doing.ts";

/** Brings in the records of a file that another device, or this one, saved. */
export function ImportFile() {
	const { outbox, client, settings } = useWorld();
	const { busy, problem, run } = useDoing();
	const [said, setSaid] = useState("");
	const input = useRef<HTMLInputElement>(null);
	const atServer = async (ids: readonly string[]) =>
		new Set(settings.account ? (await client.recordsById(ids)).map(({ id }) => id) : []);
	const bringIn = (file: File) =>
		run(async () => {
			const text = await file.text();
			const importing = { atServer, onWritten: (count: number) => setSaid(words.imported(count)) };
			const imported = await importRecords(outbox, text, importing).catch(inWords);
			setSaid(outcome(imported));
			askFlush();
		});
	return (
		<Deed title={words.import} body={words.importBody} said={said} problem={problem}>
			<input
				ref={input}
				type="file"
				hidden
				accept="application/json,.json"
				aria-label={words.import}
				onChange={({ currentTarget }) => {
					const [file] = currentTarget.files ?? [];
					if (file) bringIn(file);
					// The same file may be chosen again after it was mended.
					currentTarget.value = "";
				}}
			/>
			<Button icon="page" busy={busy ? words.importing : null} onPress={() => input.current?.click()}>
				{words.importDo}
			</Button>
		</Deed>
	);
}

function inWords(error: unknown): never {
	throw error instanceof NotAnExport ? new Error(words.notAFile) : error;
}

function outcome({ written, known, broken }: Imported): string {
	const sentences = [words.imported(written)];
	if (known > 0 && written > 0) sentences.push(words.skipped(known));
	if (broken > 0) sentences.push(words.broken(broken));
	return sentences.join(" ");
}
