package import LabDomain
internal import LabSecrets
internal import LabStore

/// A filling of a tube that waits for a decision, with its people in clear.
package struct DeskTubeToSettle: Sendable {
    /// Somebody in it.
    package struct Person: Hashable, Sendable {
        /// Empty when they could not be read.
        package let name: String
        package let telephone: String
        package let at: Timestamp
        package let isCorrected: Bool
        package let again: TubeID?
        /// The name under which they are known, where it is another.
        package let knownAs: String?
    }

    /// Another filling of the same tube that waits too.
    package struct Other: Hashable, Sendable {
        package let id: DeskTubeID
        package let openedAt: Timestamp
        package let by: [String]
        package let people: Int
    }

    package let tube: DeskTube
    package let openedAt: Timestamp
    package let by: [String]
    package let people: [Person]
    package let others: [Other]
}

/// What a sampling desk is told at a hand-shake.
package struct DeskGreeting: Sendable {
    /// The number of the desk's last entry that is stored.
    package let sequence: Int
    package let scope: Scope
}

/// What a sampling desk works with while it is alone.
package struct DeskRules: Sendable {
    package let barcodes: [BarcodeFormat]
    /// People in a tube at most, of each kind that the programme allows; rising.
    package let ratios: [Int]
    package let scope: Scope
    /// Units that are known.
    package let units: [String]
    package let sites: [String]
}

extension Laboratory {
    /// What a desk works with.
    package func deskRules(as handle: String) throws -> DeskRules {
        try look(.bindPerson, as: handle) { view, member in
            let rules = try rules(in: view)
            let scope = try member.place()
            // Others' names are none of a sending unit's business.
            let isWhole = scope == .laboratory
            let units = try scope.unit.map { [$0] } ?? view.placeNames(.unit, most: 200)
            // What a campaign brought is offered first (CAMP-2).
            let planned = try isWhole ? view.campaignSiteNames(most: 1_500) : []
            let known = try isWhole ? view.placeNames(.site, most: 200) : []
            let names = Set(planned)
            let sites = planned + known.filter { !names.contains($0) }
            return DeskRules(
                barcodes: rules.settings.barcodes,
                ratios: [1] + rules.programme.mixedRatios.map(\.rawValue).sorted(), scope: scope,
                units: units, sites: scope.site.map { [$0] } ?? sites)
        }
    }

    /// What a desk is told when it comes back.
    package func greeting(of desk: String, as handle: String) throws -> DeskGreeting {
        try look(.bindPerson, as: handle) { view, member in
            DeskGreeting(
                sequence: try view.desk(desk)?.sequence ?? 0, scope: try member.place())
        }
    }

    /// Fillings that wait for a decision: held, or open since longer than a shift.
    package func deskTubesToSettle(
        most: Int = 50, as handle: String, at now: Timestamp
    ) throws -> [DeskTubeToSettle] {
        try look(.settleTube, as: handle) { view, member in
            let before = now.advanced(by: Span(milliseconds: -Span.hours(12).milliseconds))
            return try view.unsettledDeskTubes(
                openedBefore: before, of: try member.place(), most: most
            ).map { found in
                DeskTubeToSettle(
                    tube: found.tube, openedAt: found.openedAt,
                    by: Array(Set(found.members.map(\.by))).sorted(),
                    people: try found.members.map { try person($0, in: view) },
                    others: try view.unsettled(found.tube.tube, but: found.tube.id).map {
                        try other($0, in: view)
                    })
            }
        }
    }

    private func other(
        _ tube: DeskTube, in view: StoreView
    ) throws -> DeskTubeToSettle.Other {
        let members = try view.members(of: tube.id)
        return DeskTubeToSettle.Other(
            id: tube.id, openedAt: members.first?.at ?? Timestamp(milliseconds: 0),
            by: Array(Set(members.map(\.by))).sorted(), people: members.count)
    }

    private func person(
        _ member: DeskMember, in view: StoreView
    ) throws -> DeskTubeToSettle.Person {
        let details = try member.person.map { try vault.open($0.identity.details, of: $0.id) }
        var known: String?
        if let person = member.person, let stored = try view.sealedDetails(of: person.id) {
            let name = try vault.open(stored, of: person.id).name
            known = name == details?.name ? nil : name
        }
        return DeskTubeToSettle.Person(
            name: details?.name ?? "", telephone: details?.telephone ?? "", at: member.at,
            isCorrected: member.device != nil, again: member.again, knownAs: known)
    }
}
