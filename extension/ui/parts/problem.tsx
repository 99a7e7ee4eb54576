/** What went wrong, in a sentence, beside the button that was pressed; read out when it appears. */
export function Problem({ children }: { children: string | null }) {
	return children === null ? null : (
		<p class="field-problem" role="alert">
			{children}
		</p>
	);
}
