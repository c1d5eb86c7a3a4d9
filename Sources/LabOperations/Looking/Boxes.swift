package import LabDomain
package import LabStore

/// A box as the reception sees it.
package struct OpenBox: Sendable {
    package let summary: BoxSummary
    package let tubes: [BoxTube]
}

extension Laboratory {
    /// A part of the boxes with their counts; a sending unit or a collector sees those of its unit
    /// or site, with the counts of its own tubes (ACT-4).
    package func boxes(
        onlyIncomplete: Bool, after: String, as handle: String
    ) throws -> Part<BoxSummary> {
        try look(.seeBoxes, as: handle) { view, member in
            try view.boxes(
                onlyIncomplete: onlyIncomplete, of: try member.place(), after: after)
        }
    }

    /// The codes of the boxes that wait for the reception.
    package func boxesToReceive(most: Int, as handle: String) throws -> [BoxID] {
        try look(.receiveBox, as: handle) {
            try $0.boxCodes(onlyIncomplete: true, of: .laboratory, after: "", most: most)
        }
    }

    /// A box with its tubes; nil when no manifest names it.
    package func box(_ code: String, as handle: String) throws -> OpenBox? {
        try look(.receiveBox, as: handle) { view in
            let id = BoxID(normalised(code))
            guard let summary = try view.box(id) else { return nil }
            return OpenBox(summary: summary, tubes: try view.tubes(of: id))
        }
    }
}
