internal import LabDomain

/// A barcode that stands for a key: whoever scans tubes keeps the scanner in their hand.
enum CommandCode: Hashable, Sendable, CaseIterable {
    /// Takes back the last scan.
    case undo
    /// Goes on with the next box.
    case next
    /// Closes the box as it is.
    case close
    /// Refuses the tube that was scanned last, or is scanned next.
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

    /// The command that a scan stands for; nil when it is none.
    init?(scanned scan: String) {
        let text = normalised(scan)
        guard let command = Self.allCases.first(where: { $0.code == text }) else { return nil }
        self = command
    }
}
