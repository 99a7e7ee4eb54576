import { useState } from "preact/hooks";
import type { DeletionReceipt } from "../../../../backend/contract/account-end.ts";
import { dataWords as words } from "../../words/data.ts";
import { useWorld } from "../context.ts";
import { DeleteDeed } from "./delete-deed.tsx";
import { ExportAll } from "./export-all.tsx";
import { ExportDevice } from "./export-device.tsx";
import { ImportFile } from "./import-file.tsx";
import { Receipt } from "./receipt-page.tsx";

/** Taking one's records along, bringing some in, and leaving for good. */
export function DataPage() {
	const { account } = useWorld().settings;
	// Held here: with the account, everything below goes before the answer to its deletion has come.
	const [receipt, setReceipt] = useState<DeletionReceipt | null>(null);
	if (receipt) return <Receipt receipt={receipt} onClose={() => setReceipt(null)} />;
	return (
		<>
			<p class="lead">{words.lead}</p>
			<section class="section" aria-labelledby="data-take">
				<h2 id="data-take">{words.take}</h2>
				<ul class="card rows">
					{account && <ExportAll />}
					<ExportDevice />
				</ul>
			</section>
			<section class="section" aria-labelledby="data-bring">
				<h2 id="data-bring">{words.bring}</h2>
				<ul class="card rows">
					<ImportFile />
				</ul>
			</section>
			{account && (
				<section class="section" aria-labelledby="data-leave">
					<h2 id="data-leave">{words.leave}</h2>
					<ul class="card rows">
						<DeleteDeed key={account.userId} onDeleted={setReceipt} />
					</ul>
				</section>
			)}
		</>
	);
}
