internal import Mustache

extension PlatePicture {
    /// One well of the picture.
    struct Well: Hashable, Sendable {
        /// What is seen of a well under one colouring.
        struct Face: Hashable, Sendable {
            let sign: String
            /// The second part of the style class: `k-single` is kind `single`.
            let style: String
            /// What the legend calls it.
            let word: String
        }

        let position: String
        let faces: [Colouring: Face]
        /// Names and values of the panel, by the names that `plate.js` knows.
        let facts: [Fact]
        /// What somebody hears who does not see the picture.
        let label: String
        /// The sign of a retest, repeat or confirmation; empty for a first test.
        let mark: String
        let disagrees: Bool

        /// One fact of the panel.
        struct Fact: Hashable, Sendable {
            let name: String
            let value: String
        }

        /// The attributes of the well's cell, escaped: a plate has up to 384 wells with a dozen
        /// each, too many for the template to look up one by one.
        var attributes: String {
            var text = "class=\"well"
            for colouring in Colouring.allCases {
                guard let face = faces[colouring] else { continue }
                text += " \(colouring.letter)-\(face.style)"
            }
            if disagrees { text += " disagrees" }
            text += "\""
            func add(_ name: String, _ value: String) {
                if !value.isEmpty { text += " \(name)=\"\(escaped(value))\"" }
            }
            for colouring in Colouring.allCases {
                add("data-\(colouring.rawValue)", faces[colouring]?.sign ?? "")
            }
            add("data-mark", mark)
            for fact in facts { add("data-of-\(fact.name)", fact.value) }
            add("aria-label", label)
            return text
        }
    }
}

extension PlatePicture.Colouring {
    /// The letter before the style classes of a colouring.
    var letter: String {
        switch self {
        case .kind: "k"
        case .pool: "p"
        case .risk: "r"
        case .slack: "t"
        case .verdict: "v"
        }
    }
}

extension PlatePicture.Well: MustacheParent {
    func child(named name: String) -> Any? { name == "attributes" ? attributes : nil }
}

extension PlatePicture.Row: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "letter": letter
        case "wells": wells
        default: nil
        }
    }
}
