/** A sheet as text, for documents that the extension makes itself. */
declare module "*.css?inline" {
	const css: string;
	export default css;
}
