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
        _ choice: BoxChoice, after: String, as handle: String
    ) throws -> Part<BoxSummary> {
        try look(.seeBoxes, as: handle) { view, member in
            try view.boxes(
                choice, of: try member.place(), after: after)
        }
    }

    /// The codes of the boxes that wait for the reception: those with missing tubes, and those that
    /// nobody closed.
    package func boxesToReceive(
        most: Int, as handle: String
    ) throws -> (incomplete: [BoxID], unclosed: [BoxID]) {
        try look(.receiveBox, as: handle) { view in
            let incomplete = try view.boxCodes(
                .incomplete, of: .laboratory, after: "", most: most)
            let unclosed = try view.boxCodes(.unclosed, of: .laboratory, after: "", most: most)
            return (incomplete, unclosed.filter { !incomplete.contains($0) })
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
