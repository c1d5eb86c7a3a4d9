internal import LabDomain

/// How a mapping writes days and times: `yyyy-MM-dd HH:mm:ss`, or one of three names.
///
/// `iso` is ISO 8601 with the zone, `unix` whole seconds and `unix-ms` milliseconds since 1970.
struct TimePattern: Hashable, Sendable {
    private enum Piece: Hashable {
        case year, month, day, hour, minute, second, zone
        case literal(String)
    }

    private enum Form: Hashable {
        case iso, seconds, milliseconds
        case pieces([Piece])
    }

    private let form: Form

    /// ISO 8601.
    static let iso = TimePattern(form: .iso)

    private init(form: Form) {
        self.form = form
    }

    /// Reads a pattern; nil for one with letters that mean nothing.
    init?(_ text: String) {
        switch text {
        case "iso": form = .iso
        case "unix": form = .seconds
        case "unix-ms": form = .milliseconds
        default:
            guard let pieces = Self.pieces(text), !pieces.isEmpty else { return nil }
            form = .pieces(pieces)
        }
    }

    /// Whether a day alone can be written so.
    var isOfDays: Bool {
        switch form {
        case .iso: true
        case .seconds, .milliseconds: false
        case .pieces(let pieces):
            !pieces.contains { [.hour, .minute, .second, .zone].contains($0) }
        }
    }

    /// Whether it is written as a number.
    var isNumber: Bool { form == .seconds || form == .milliseconds }

    /// A calendar day.
    func text(_ day: CalendarDay) -> String {
        guard case .pieces(let pieces) = form else { return day.description }
        return pieces.map { Self.text($0, day.description, "00:00:00", "") }.joined()
    }

    /// An instant as the clocks of a zone show it.
    func text(_ instant: Timestamp, in zone: Zone) -> String {
        switch form {
        case .iso: return zone.text(instant)
        case .seconds: return "\(instant.milliseconds / 1_000)"
        case .milliseconds: return "\(instant.milliseconds)"
        case .pieces(let pieces):
            let iso = zone.text(instant)
            let (day, clock) = (String(iso.prefix(10)), String(iso.dropFirst(11).prefix(8)))
            return pieces.map { Self.text($0, day, clock, zone.text) }.joined()
        }
    }

    private static func text(
        _ piece: Piece, _ day: String, _ clock: String, _ zone: String
    ) -> String {
        switch piece {
        case .year: String(day.prefix(4))
        case .month: String(day.dropFirst(5).prefix(2))
        case .day: String(day.suffix(2))
        case .hour: String(clock.prefix(2))
        case .minute: String(clock.dropFirst(3).prefix(2))
        case .second: String(clock.suffix(2))
        case .zone: zone
        case .literal(let text): text
        }
    }

    private static let words: [(String, Piece)] = [
        ("yyyy", .year), ("MM", .month), ("dd", .day), ("HH", .hour), ("mm", .minute),
        ("ss", .second), ("ZZZ", .zone),
    ]

    private static func pieces(_ text: String) -> [Piece]? {
        var pieces: [Piece] = []
        var rest = text[...]
        while let first = rest.first {
            if let (word, piece) = words.first(where: { rest.hasPrefix($0.0) }) {
                pieces.append(piece)
                rest = rest.dropFirst(word.count)
            } else if first.isASCII, first.isLetter, first != "T" {
                return nil
            } else {
                pieces.append(.literal(String(first)))
                rest = rest.dropFirst()
            }
        }
        return pieces
    }
}
