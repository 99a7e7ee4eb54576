import { useState } from "preact/hooks";
import { saveFile } from "../../local/save-file.ts";
import { Button } from "../../parts/button.tsx";
import { sizeWords } from "../../when.ts";
import { accountEndWords as words } from "../../words/account-end.ts";
import { useWorld } from "../context.ts";
import { Deed } from "../deed.tsx";
import { useDoing } from "../use-doing.ts";

/** Everything the server has of the person, as one archive (SEC-4). */
export function ExportAll() {
	const { client, online } = useWorld();
	const { busy, problem, run } = useDoing();
	const [said, setSaid] = useState("");
	const exportAll = () =>
		run(async () => {
			const archive = await client.exportAll();
			const name = words.exportName(new Date().toISOString().slice(0, 10));
			saveFile(name, archive);
			setSaid(words.exported(name, sizeWords(archive.size)));
		});
	return (
		<Deed title={words.export} body={words.exportBody} said={said} problem={problem}>
			<Button icon="download" busy={busy ? words.exporting : null} disabled={!online} onPress={exportAll}>
				{words.exportDo}
			</Button>
		</Deed>
	);
}
