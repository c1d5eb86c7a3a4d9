internal import GRDB
package import LabDomain

/// A tube of a box with what happened to it at the reception.
package struct BoxTube: Hashable, Sendable {
    package let tube: TubeID
    package let kind: TubeKind
    package let state: TubeState
    package let receivedAt: Timestamp?
    package let receivedBy: String?
    package let rejected: RejectReason?
}

/// Which boxes somebody looks for.
package enum BoxChoice: String, CaseIterable, Sendable {
    /// Those of which a tube is missing.
    case incomplete
    /// Those with a tube that waits for its result, of which nobody counted the tubes.
    case unclosed
    case all
}

extension StoreView {
    /// A part of the boxes in the order of their codes; for a unit or site with the counts of its
    /// own tubes.
    package func boxes(
        _ choice: BoxChoice, of scope: Scope, after: String, size: Int = Part<BoxSummary>.size
    ) throws -> Part<BoxSummary> {
        let names = try boxCodes(choice, of: scope, after: after, most: size + 1)
        return Part(try names.compactMap { try box($0, of: scope) }, size: size) { $0.box.text }
    }

    /// The codes of boxes in their order.
    package func boxCodes(
        _ choice: BoxChoice, of scope: Scope, after: String, most: Int
    ) throws -> [BoxID] {
        // Each question has its own index; one statement for all of them would read every tube.
        let own: (String, String?) =
            switch scope {
            case .laboratory: ("", nil)
            case .unit(let unit): ("AND unit = ?3", unit)
            case .site(let site): ("AND site = ?3", site)
            }
        let state =
            switch choice {
            case .incomplete: "AND state = 'expected'"
            case .unclosed:
                """
                AND state = 'received'
                AND NOT EXISTS (SELECT 1 FROM boxClosing c WHERE c.box = tube.box)
                """
            case .all: ""
            }
        return try values(
            """
            SELECT DISTINCT box FROM tube WHERE box > ?1 \(state) \(own.0) ORDER BY box LIMIT ?2
            """, own.1.map { [after, most, $0] } ?? [after, most]
        ) { BoxID($0["box"]) }
    }

    /// The tubes of a box with what happened to them at the reception.
    package func tubes(of box: BoxID) throws -> [BoxTube] {
        try values(
            """
            SELECT barcode, kind, state, receivedAt, receivedBy, rejected FROM tube WHERE box = ?
            ORDER BY barcode
            """, [box.text]
        ) {
            BoxTube(
                tube: TubeID($0["barcode"]), kind: TubeKind(rawValue: $0["kind"]) ?? .single,
                state: TubeState(rawValue: $0["state"]) ?? .expected,
                receivedAt: ($0["receivedAt"] as Int64?).map { Timestamp(milliseconds: $0) },
                receivedBy: $0["receivedBy"],
                rejected: ($0["rejected"] as String?).flatMap(RejectReason.init(rawValue:)))
        }
    }
}
