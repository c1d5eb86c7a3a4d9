internal import LabDomain
internal import LabOperations

/// One label: bars, the code in letters, and a word about it.
struct Label: Hashable, Sendable {
    let bars: Code128
    /// What the code stands for, such as the wells of a plate; empty when nothing is to be said.
    let note: String

    var code: String { bars.text }
}

extension Label {
    /// Labels for codes, as a size has room for them.
    /// - Throws: a refusal with the place of each code that cannot be a label; it never repeats
    ///   what was typed.
    static func labels(
        _ codes: [(code: String, note: String)], size: LabelSize, words: Catalogue
    ) throws -> [Label] {
        var labels: [Label] = []
        var places: [Refusal.Place] = []
        for (index, item) in codes.enumerated() {
            do throws(Code128.Fault) {
                let bars = try Code128(item.code)
                if size.holds(bars) {
                    labels.append(Label(bars: bars, note: item.note))
                } else {
                    places.append(place(index, "too-wide", words))
                }
            } catch {
                places.append(place(index, error.code, words))
            }
        }
        guard places.isEmpty else {
            throw Refusal(
                .badData, Wording(plain: words.count("labels.refused", places.count)),
                remedy: Wording(plain: words.say("labels.refused.remedy")), places: places)
        }
        return labels
    }

    /// What is wrong with the code at a place.
    static func place(_ index: Int, _ code: String, _ words: Catalogue) -> Refusal.Place {
        Refusal.Place(
            subject: words.say("labels.place", ["n": "\(index + 1)"]), code: code,
            message: Wording(plain: words.say("labels.fault.\(code)")), remedy: "")
    }
}

extension Code128.Fault {
    /// The fault's word in refusals.
    fileprivate var code: String {
        switch self {
        case .empty: "empty"
        case .tooLong: "too-long"
        case .character, .library: "character"
        }
    }
}
