import type { SelectionView } from "../../../../backend/contract/selections.ts";
import { errorSentence } from "../../../i18n/error-sentence.ts";
import { Button } from "../../parts/button.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Row } from "../../parts/row.tsx";
import { selectionWords as words } from "../../words/selections.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useRows } from "./use-rows.ts";

/** Rows that could not become records, each with the reason. */
export function FailedRows({ selection }: { selection: SelectionView }) {
	const { online } = useWorld();
	const { remote, reload, more } = useRows(selection, "failed");
	return (
		<section class="section" aria-label={words.failedRows.title}>
			<h2>{words.failedRows.title}</h2>
			<p class="prose">{words.failedRows.lead}</p>
			<RemoteView remote={remote} what={words.rowsWhat} online={online} lines={1} onReload={reload}>
				{(rows) => (
					<ul class="card rows">
						{rows.map(({ externalId, title, seenAt, problem }) => (
							<Row
								key={externalId}
								mark={{ icon: "alert" }}
								title={title || words.untitled(externalId)}
								notes={[<Moment key="seen" instant={seenAt} words={words.seen} />]}
								reason={problem && errorSentence(problem)}
							/>
						))}
					</ul>
				)}
			</RemoteView>
			{more && (
				<div class="form-buttons">
					<Button onPress={more}>{words.showMore}</Button>
				</div>
			)}
		</section>
	);
}
