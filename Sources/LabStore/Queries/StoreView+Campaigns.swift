internal import GRDB
package import LabDomain

/// A plan that was put into the laboratory system.
package struct StoredCampaign: Hashable, Sendable, Codable {
    package let id: String
    package let name: String
    package let title: String
    package let startsAt: Timestamp
    package let handedAt: Timestamp
    package let handedBy: String
    package let endedAt: Timestamp?
    package let sites: Int
    package let people: Int
    package let tubes: Int
}

/// A sampling site of a campaign.
package struct CampaignSite: Hashable, Sendable, Codable {
    package let number: Int
    package let name: String
    package let district: String
    package let people: Int
    package let lines: Int
    package let tubes: Int
    /// The barcodes of its tubes, from and to; empty when none were given.
    package let firstTube: String
    package let lastTube: String
    /// Who fetches its tubes.
    package let courier: String
    /// When they are fetched, as `08:00 09:00`.
    package let pickUps: String
    package let laboratory: String

    /// A site with everything that it is given.
    package init(
        number: Int, name: String, district: String, people: Int, lines: Int, tubes: Int,
        firstTube: String, lastTube: String, courier: String, pickUps: String, laboratory: String
    ) {
        (self.number, self.name, self.district) = (number, name, district)
        (self.people, self.lines, self.tubes) = (people, lines, tubes)
        (self.firstTube, self.lastTube) = (firstTube, lastTube)
        (self.courier, self.pickUps, self.laboratory) = (courier, pickUps, laboratory)
    }
}

extension StoreView {
    /// Campaigns, the latest first.
    package func campaigns(most: Int) throws -> [StoredCampaign] {
        try values(Self.campaignSQL + " ORDER BY c.handedAt DESC, c.id LIMIT ?", [most]) {
            Self.campaign($0)
        }
    }

    /// One campaign.
    package func campaign(_ id: String) throws -> StoredCampaign? {
        try row(Self.campaignSQL + " WHERE c.id = ?", [id]).map(Self.campaign)
    }

    /// The campaign that bears a name and has not ended.
    package func runningCampaign(named name: String) throws -> String? {
        try row("SELECT id FROM campaign WHERE name = ? AND endedAt IS NULL", [name])
            .map { $0["id"] }
    }

    /// The sites of a campaign after a number.
    package func sites(
        ofCampaign id: String, after: Int, most: Int
    ) throws -> [CampaignSite] {
        try values(
            "SELECT * FROM campaignSite WHERE campaign = ? AND number > ? ORDER BY number LIMIT ?",
            [id, after, most]
        ) {
            CampaignSite(
                number: $0["number"], name: $0["name"], district: $0["district"],
                people: $0["people"], lines: $0["lines"], tubes: $0["tubes"],
                firstTube: $0["firstTube"], lastTube: $0["lastTube"], courier: $0["courier"],
                pickUps: $0["pickUps"], laboratory: $0["laboratory"])
        }
    }

    /// The names of the sites of all campaigns that have not ended.
    package func campaignSiteNames(most: Int) throws -> [String] {
        try values(
            """
            SELECT DISTINCT s.name FROM campaign c JOIN campaignSite s ON s.campaign = c.id
            WHERE c.endedAt IS NULL ORDER BY c.handedAt DESC, s.number LIMIT ?
            """, [most]
        ) { $0["name"] }
    }

    private static let campaignSQL = """
        SELECT c.*, (SELECT count(*) FROM campaignSite s WHERE s.campaign = c.id) AS sites,
            (SELECT coalesce(sum(people), 0) FROM campaignSite s WHERE s.campaign = c.id) AS people,
            (SELECT coalesce(sum(tubes), 0) FROM campaignSite s WHERE s.campaign = c.id) AS tubes
        FROM campaign c
        """

    private static func campaign(_ row: Row) -> StoredCampaign {
        StoredCampaign(
            id: row["id"], name: row["name"], title: row["title"],
            startsAt: Timestamp(milliseconds: row["startsAt"]),
            handedAt: Timestamp(milliseconds: row["handedAt"]), handedBy: row["handedBy"],
            endedAt: (row["endedAt"] as Int64?).map { Timestamp(milliseconds: $0) },
            sites: row["sites"], people: row["people"], tubes: row["tubes"])
    }
}

extension Transaction {
    /// Puts a campaign with its sites into the laboratory.
    package func addCampaign(
        _ id: String, name: String, title: String, scenario: String, startsAt: Timestamp,
        sites: [CampaignSite]
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO campaign (id, name, title, scenario, startsAt, handedAt, handedBy)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, name, title, scenario, startsAt.milliseconds, stamp.at.milliseconds,
                stamp.actor.handle,
            ])
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO campaignSite (campaign, number, name, district, people, lines, tubes,
                    firstTube, lastTube, courier, pickUps, laboratory)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for site in sites {
            try insert.execute(arguments: [
                id, site.number, site.name, site.district, site.people, site.lines, site.tubes,
                site.firstTube, site.lastTube, site.courier, site.pickUps, site.laboratory,
            ])
        }
    }

    /// Ends a campaign: desks offer its sites no longer.
    package func endCampaign(_ id: String) throws {
        try database.execute(
            sql: "UPDATE campaign SET endedAt = ?, endedBy = ? WHERE id = ? AND endedAt IS NULL",
            arguments: [stamp.at.milliseconds, stamp.actor.handle, id])
    }
}
