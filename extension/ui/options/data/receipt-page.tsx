import { useEffect } from "preact/hooks";
import type { DeletionReceipt } from "../../../../backend/contract/account-end.ts";
import { saveFile } from "../../local/save-file.ts";
import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { longWhen } from "../../when.ts";
import { accountEndWords as words } from "../../words/account-end.ts";
import { countLines, grantLines, receiptFileName, receiptText } from "./receipt.ts";

type ReceiptProps = { receipt: DeletionReceipt; onClose: () => void };

/** The last page of an account. It is saved as a file at once: the server has forgotten whom it belongs to. */
export function Receipt({ receipt, onClose }: ReceiptProps) {
	const save = () => saveFile(receiptFileName(receipt), new Blob([receiptText(receipt)], { type: "text/plain" }));
	useEffect(save, [receipt.id]);
	const counts = countLines(receipt);
	const grants = grantLines(receipt);
	return (
		<article class="card receipt" aria-labelledby="receipt-title">
			<h2 id="receipt-title" tabIndex={-1} ref={(heading) => heading?.focus()}>
				<Icon name="check" />
				{words.receiptTitle}
			</h2>
			<p class="muted">{words.receiptBody}</p>
			<dl class="receipt-facts">
				<dt>{words.receiptNumber}</dt>
				<dd class="mono">{receipt.id}</dd>
				<dt>{words.receiptAsked}</dt>
				<dd>{longWhen(Date.parse(receipt.requestedAt))}</dd>
				<dt>{words.receiptDone}</dt>
				<dd>{longWhen(Date.parse(receipt.finishedAt))}</dd>
			</dl>
			<h3>{words.removed}</h3>
			<ul class="bullets">
				{counts.length === 0 ? <li>{words.removedNothing}</li> : counts.map((line) => <li key={line}>{line}</li>)}
			</ul>
			{grants.length > 0 && (
				<>
					<h3>{words.grantsTitle}</h3>
					<ul class="bullets">
						{grants.map(({ text, url }) => (
							<li key={text}>
								{text} {url !== null && <WebLink href={url}>{url}</WebLink>}
							</li>
						))}
					</ul>
				</>
			)}
			<p class="muted">{words.staysInTables}</p>
			<div class="form-buttons">
				<Button icon="download" onPress={save}>
					{words.saveReceipt}
				</Button>
				<Button onPress={onClose}>{words.receiptClose}</Button>
			</div>
		</article>
	);
}
