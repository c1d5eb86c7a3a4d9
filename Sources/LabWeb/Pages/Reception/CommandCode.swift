internal import LabDomain

/// A barcode that stands for a key: whoever scans tubes keeps the scanner in their hand.
enum CommandCode: Hashable, Sendable, CaseIterable {
    /// Takes back the last scan.
    case undo
    /// Goes on with the next box.
    case next
    /// Goes to the count with which the box is closed.
    case close
    /// Rejects the tube that was scanned last.
    case reject(RejectReason)

    static let allCases: [CommandCode] =
        [.undo, .next, .close] + RejectReason.allCases.map { .reject($0) }

    /// With what every command begins; no tube's barcode does.
    static let prefix = "SWAB-"

    /// The text of the barcode.
    var code: String {
        switch self {
        case .undo: Self.prefix + "UNDO"
        case .next: Self.prefix + "NEXT"
        case .close: Self.prefix + "CLOSE"
        case .reject(let reason): Self.prefix + "REJECT-" + reason.rawValue.uppercased()
        }
    }

    /// The key of its word in the catalogues.
    var key: String {
        switch self {
        case .undo: "command.undo"
        case .next: "command.next"
        case .close: "command.close"
        case .reject(let reason): "rejectReason.\(reason.rawValue)"
        }
    }
}
