import { Button } from "../parts/button.tsx";
import { Empty } from "../parts/empty.tsx";
import { Soon } from "../parts/soon.tsx";
import { pickWords as words } from "../words/pick.ts";
import { KeyColumn } from "./key-column.tsx";
import { PickFailure } from "./pick-failure.tsx";
import { PickTools } from "./pick-tools.tsx";
import { isNothing, mostRowIds } from "./picked.ts";
import type { RowPages } from "./row-pages.ts";
import { RowsGrid } from "./rows-grid.tsx";
import type { Picking } from "./use-picking.ts";
import "../styles/pick.css";

type PickRowsProps = {
	picking: Picking;
	/** What the table is called. */
	title: string;
};

/** A table's rows, searched and filtered at the source, and which of them are picked. */
export function PickRows({ picking, title }: PickRowsProps) {
	const { schema, connectionId, online } = picking;
	if (schema.state === "failed") {
		return <PickFailure {...{ connectionId, online }} failure={schema.failure} onAgain={picking.again} />;
	}
	if (schema.state === "loading") return <Soon>{words.looking.columns}</Soon>;
	if (schema.value.needsKey) return <KeyColumn columns={schema.value.columns} onChoose={picking.onKeyColumn} />;
	return (
		<div class="pick-rows">
			<PickTools picking={picking} schema={schema.value} />
			<Rows picking={picking} title={title} />
			<PickLine picking={picking} />
		</div>
	);
}

function Rows({ picking, title }: PickRowsProps) {
	const { pages, isStale, connectionId, online, picked } = picking;
	const showAll = () => picking.change({ filter: [], search: null });
	if (pages.rows.length > 0) return <RowsGrid picking={picking} title={title} />;
	if (pages.phase === "failed" && !isStale) {
		const { failure, restMs } = pages;
		return (
			<PickFailure {...{ failure, restMs, connectionId, online }} onAgain={picking.again} onNoConditions={showAll} />
		);
	}
	if (pages.phase !== "whole" || isStale) {
		return pages.phase === "making" ? <Empty icon="cloud">{words.making}</Empty> : <Soon>{words.looking.rows}</Soon>;
	}
	const isAsked = picked.search !== null || picked.filter.length > 0;
	return (
		<Empty icon="table" action={isAsked && <Button onPress={showAll}>{words.showAll}</Button>}>
			{isAsked ? words.noMatch : words.noRows}
		</Empty>
	);
}

/** How many rows are picked and shown, read out as it changes. */
function PickLine({ picking }: { picking: Picking }) {
	const { count, pages, picked } = picking;
	return (
		<div class="pick-line">
			<p class="pick-count" role="status">
				{words.picked(count)}
				{picked.rowIds.length >= mostRowIds && <> {words.tooMany(mostRowIds)}</>}
			</p>
			{!isNothing(picked) && (
				<Button look="quiet" size="small" onPress={() => picking.change({ mode: "chosen", rowIds: [] })}>
					{words.pickNone}
				</Button>
			)}
			{pages.rows.length > 0 && <Shown picking={picking} />}
		</div>
	);
}

/** How far the list is, or why it does not go on. */
function Shown({ picking }: { picking: Picking }) {
	const { pages, isStale, online, connectionId } = picking;
	const { phase, rows, failure, restMs } = pages;
	if (phase === "failed" && !isStale) {
		return <PickFailure {...{ failure, restMs, online, connectionId }} onAgain={picking.again} />;
	}
	return <p class="muted pick-shown">{isStale ? words.loadingMore : shownText(phase, rows.length, pages.total)}</p>;
}

function shownText(phase: RowPages["phase"], shown: number, total: RowPages["total"]): string {
	if (phase === "loading") return words.loadingMore;
	if (phase === "making") return words.making;
	if (phase === "whole") return words.rows(shown);
	return words.shown(shown, total !== null && total.count >= shown ? total : null);
}
