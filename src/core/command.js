export function leaf(spec) {
    return spec;
}
