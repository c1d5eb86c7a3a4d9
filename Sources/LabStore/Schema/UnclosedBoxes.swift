/// The index by which the boxes are found that nobody closed.
enum UnclosedBoxes {
    static let name = "2026-11 unclosed boxes"

    static let statement = """
        CREATE INDEX tubeReceived ON tube(box) WHERE state = 'received';
        """
}
