export function formatRef(ref) {
    const parts = ref.id === undefined ? [ref.platform, ref.workspace] : [ref.platform, ref.workspace, ref.id];
    return parts.map(encodeURIComponent).join('/');
}
export function parseRef(text) {
    const [platform, workspace, id, ...rest] = text.split('/').map(decodeURIComponent);
    if (!platform || !workspace || !id || rest.length > 0)
        throw new Error(`not a ref: ${text}`);
    return { platform, workspace, id };
}
export function parseWorkspaceRef(text) {
    const [platform, workspace, ...rest] = text.split('/').map(decodeURIComponent);
    if (!platform || !workspace || rest.length > 0)
        throw new Error(`not a workspace ref: ${text}`);
    return { platform, workspace };
}
export function workspaceOf(ref) {
    return { platform: ref.platform, workspace: ref.workspace };
}
export function sameRef(a, b) {
    return a.platform === b.platform && a.workspace === b.workspace && a.id === b.id;
}
