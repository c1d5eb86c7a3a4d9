package import LabDomain
internal import LabScreening
internal import LabSimulation
package import LabStore

/// Puts a plan into the laboratory as a campaign: its sites are offered at sampling desks, with
/// their tubes, pick-ups and laboratories.
package struct HandOverPlan: Command, Encodable {
    package static let verb = Verb.handOverPlan
    /// As many sites as a province has.
    private static let mostSites = 50_000

    let yaml: String
    let startsOn: String
    /// The number of the first tube's barcode; nil gives no barcodes.
    let firstTube: Int?

    /// The campaign with what it holds.
    package struct Answer: Codable, Sendable {
        package let campaign: String
        package let name: String
        package let sites: Int
        package let tubes: Int
        package let firstTube: String
        package let lastTube: String
    }

    /// A scenario's text, the day of its first swab as `2026-12-01`, and where barcodes begin.
    package init(_ yaml: String, startsOn: String, firstTube: Int?) {
        (self.yaml, self.startsOn, self.firstTube) = (yaml, startsOn, firstTube)
    }

    /// A scenario that was read, with its sites.
    package struct Prepared: Sendable {
        let scenario: Scenario
        let startsAt: Timestamp
        let sites: [CampaignSite]
    }

    package func prepare(
        under rules: Rules, for member: Member, vault: IdentityVault, at now: Timestamp
    ) throws -> Prepared {
        let scenario = try ScenarioText.read(yaml, named: "scenario")
        guard let day = CalendarDay(text: startsOn) else {
            throw Refusal(
                .badData, "The day on which the campaign starts is none.",
                remedy: "Write it as 2026-12-01.")
        }
        guard scenario.districts.reduce(0, { $0 + $1.sites.count }) <= Self.mostSites else {
            throw Refusal(
                .rule, "A campaign has \(Self.mostSites) sites at most.",
                remedy: "Hand it over in parts.")
        }
        guard firstTube.map({ 1...999_999_999 ~= $0 }) ?? true else {
            throw Refusal(
                .badData, "The number of the first tube is out of range.",
                remedy: "Begin between 1 and 999999999, or name none.")
        }
        let format = firstTube == nil ? nil : rules.settings.barcodes.first
        let sites = try CampaignSites(scenario, format).sites(firstTube: firstTube ?? 1)
        let zone = rules.settings.zone
        let opens = Span(milliseconds: Int64(scenario.sampling.opens * 60_000))
        return Prepared(
            scenario: scenario, startsAt: zone.start(of: day).advanced(by: opens), sites: sites)
    }

    package func perform(_ prepared: Prepared, in work: Work) throws -> Answer {
        let name = prepared.scenario.name
        guard try work.transaction.runningCampaign(named: name) == nil else {
            throw Refusal(
                .exists, "A campaign called `\(name)` runs already.",
                remedy: "End it first, or give the scenario another name.")
        }
        let id = work.identifier("CA")
        try work.transaction.addCampaign(
            id, name: name, title: prepared.scenario.title, scenario: yaml,
            startsAt: prepared.startsAt, sites: prepared.sites)
        return Answer(
            campaign: id, name: name, sites: prepared.sites.count,
            tubes: prepared.sites.reduce(0) { $0 + $1.tubes },
            firstTube: prepared.sites.first?.firstTube ?? "",
            lastTube: prepared.sites.last?.lastTube ?? "")
    }
}

/// Ends a campaign: sampling desks offer its sites no longer.
package struct EndCampaign: Command, Encodable {
    package static let verb = Verb.handOverPlan

    let campaign: String

    /// What was ended.
    package struct Answer: Codable, Sendable {
        package let name: String
    }

    /// A campaign by its identifier.
    package init(_ campaign: String) { self.campaign = campaign }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let known = try work.transaction.campaign(campaign) else {
            throw Refusal(
                .unknown, "There is no such campaign.", remedy: "See the list of campaigns.")
        }
        guard known.endedAt == nil else {
            throw Refusal(
                .nothingToDo, "The campaign has ended already.", remedy: "There is nothing to do.")
        }
        try work.transaction.endCampaign(campaign)
        return Answer(name: known.name)
    }
}

extension Laboratory {
    /// Campaigns, the latest first.
    package func campaigns(as handle: String) throws -> [StoredCampaign] {
        try look(.handOverPlan, as: handle) { try $0.campaigns(most: 100) }
    }

    /// One campaign with a part of its sites; nil when it is not there.
    package func campaign(
        _ id: String, after: Int = 0, most: Int, as handle: String
    ) throws -> (campaign: StoredCampaign, sites: [CampaignSite])? {
        try look(.handOverPlan, as: handle) { view in
            try view.campaign(id).map {
                ($0, try view.sites(ofCampaign: id, after: after, most: most))
            }
        }
    }
}

extension CampaignSite {
    /// Sites as a CSV file, a line each.
    package static func csv(_ sites: [CampaignSite]) -> String {
        let heading =
            "number,site,district,people,lines,tubes,first_tube,last_tube,courier,pick_ups,"
            + "laboratory"
        let lines = sites.map { site in
            [
                "\(site.number)", site.name, site.district, "\(site.people)", "\(site.lines)",
                "\(site.tubes)", site.firstTube, site.lastTube, site.courier, site.pickUps,
                site.laboratory,
            ].map { cell in
                // Spreadsheets would take a cell that opens with one of these for a formula.
                let plain = cell.first.map { "=+-@".contains($0) } == true ? "'" + cell : cell
                return plain.contains { ",\"\n\r".contains($0) }
                    ? "\"" + plain.replacing("\"", with: "\"\"") + "\"" : plain
            }.joined(separator: ",")
        }
        return "\u{FEFF}" + ([heading] + lines).joined(separator: "\r\n") + "\r\n"
    }
}
