import { useMemo } from "preact/hooks";
import type { RecipeField } from "../../../backend/contract/recipes.ts";
import { elementsOf } from "../../capture/picker/field-of.ts";
import { fieldName } from "../words/capture.ts";
import type { Box } from "./point-at.ts";
import { useBoxes } from "./use-boxes.ts";

type OutlinesProps = {
	fields: readonly RecipeField[];
	current: Element | null;
	alike: readonly Element[];
	page: Window;
};

/** What is picked already, what would be picked now, and everything like it, drawn over the page. Decoration: the panel says it in words. */
export function Outlines({ fields, current, alike, page }: OutlinesProps) {
	const now = useMemo(() => (current === null ? [] : [current]), [current]);
	return (
		<div aria-hidden="true">
			{fields.map((field) => (
				<FieldOutline key={field.name} field={field} page={page} />
			))}
			<Boxes boxes={useBoxes(alike, page)} look="alike" />
			<Boxes boxes={useBoxes(now, page)} look="current" />
		</div>
	);
}

function FieldOutline({ field, page }: { field: RecipeField; page: Window }) {
	const elements = useMemo(() => elementsOf(field, page.document), [field, page]);
	return <Boxes boxes={useBoxes(elements, page)} look="picked" label={fieldName(field.name)} />;
}

function Boxes({ boxes, look, label }: { boxes: readonly Box[]; look: string; label?: string }) {
	return (
		<>
			{boxes.map(({ left, top, width, height }, at) => (
				<div
					key={at}
					class="outline"
					data-look={look}
					style={{ left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` }}
				>
					{label !== undefined && at === 0 && <span class="outline-label">{label}</span>}
				</div>
			))}
		</>
	);
}
