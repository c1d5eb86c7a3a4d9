/// The size of a label on its roll.
enum LabelSize: String, CaseIterable, Hashable, Sendable {
    case standard = "50x25"
    case small = "40x20"
    case large = "70x30"

    /// The narrowest module that handheld readers read well: 7.5 thousandths of an inch.
    static let narrowestModule = 0.19

    var width: Int {
        switch self {
        case .standard: 50
        case .small: 40
        case .large: 70
        }
    }

    var height: Int {
        switch self {
        case .standard: 25
        case .small: 20
        case .large: 30
        }
    }

    /// Millimetres for bars with their quiet zones.
    var room: Double { Double(width) - 0.5 }

    /// Whether a label of this size has room for bars that can be read.
    func holds(_ bars: Code128) -> Bool { bars.module(within: room) >= Self.narrowestModule }
}
