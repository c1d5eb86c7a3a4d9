/// What stands above a sheet of paper on the screen: the way back, a button that prints, and other
/// sizes where there are any.
struct PaperBar: Hashable, Sendable {
    /// A size of the sheet to choose.
    struct Size: Hashable, Sendable {
        let name: String
        let path: String
        let isChosen: Bool
    }

    let back: String
    let sizes: [Size]
    let hasSizes: Bool

    init(back: String, sizes: [Size] = []) {
        self.back = back
        self.sizes = sizes
        hasSizes = !sizes.isEmpty
    }
}
