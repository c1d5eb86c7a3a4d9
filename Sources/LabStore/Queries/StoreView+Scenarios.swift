internal import GRDB
package import LabDomain

/// A scenario of a citywide screening as it is stored.
package struct StoredScenario: Hashable, Sendable, Codable {
    package let id: String
    package let name: String
    package let title: String
    package let people: Int
    /// The latest version, from 1.
    package let version: Int
    package let savedAt: Timestamp
    package let savedBy: String
}

/// One version of a scenario.
package struct ScenarioVersion: Hashable, Sendable, Codable {
    package let version: Int
    package let savedAt: Timestamp
    package let savedBy: String
}

extension StoreView {
    /// The scenarios of the laboratory, the latest saved first.
    package func scenarios(most: Int) throws -> [StoredScenario] {
        try values(
            "SELECT * FROM scenario WHERE isGone = 0 ORDER BY savedAt DESC, id LIMIT ?", [most],
            Self.scenario)
    }

    /// One scenario; nil when it is not there or was removed.
    package func scenario(_ id: String) throws -> StoredScenario? {
        try row("SELECT * FROM scenario WHERE id = ? AND isGone = 0", [id]).map(Self.scenario)
    }

    /// The scenario that bears a name.
    package func scenario(named name: String) throws -> StoredScenario? {
        try row("SELECT * FROM scenario WHERE name = ? AND isGone = 0", [name]).map(Self.scenario)
    }

    /// The text of a version.
    package func yaml(ofScenario id: String, version: Int) throws -> String? {
        try row(
            "SELECT yaml FROM scenarioVersion WHERE scenario = ? AND version = ?", [id, version]
        ).map { $0["yaml"] }
    }

    /// The versions of a scenario, the latest first.
    package func versions(ofScenario id: String, most: Int) throws -> [ScenarioVersion] {
        try values(
            """
            SELECT version, savedAt, savedBy FROM scenarioVersion WHERE scenario = ?
            ORDER BY version DESC LIMIT ?
            """, [id, most]
        ) {
            ScenarioVersion(
                version: $0["version"], savedAt: Timestamp(milliseconds: $0["savedAt"]),
                savedBy: $0["savedBy"])
        }
    }

    private static func scenario(_ row: Row) -> StoredScenario {
        StoredScenario(
            id: row["id"], name: row["name"], title: row["title"], people: row["people"],
            version: row["version"], savedAt: Timestamp(milliseconds: row["savedAt"]),
            savedBy: row["savedBy"])
    }
}

extension Transaction {
    /// Keeps a version of a scenario, the first or another.
    package func keepScenario(
        _ id: String, name: String, title: String, people: Int, version: Int, yaml: String
    ) throws {
        let (at, by) = (stamp.at.milliseconds, stamp.actor.handle)
        try database.execute(
            sql: """
                INSERT INTO scenario (id, name, title, people, version, savedAt, savedBy)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                ON CONFLICT (id) DO UPDATE SET name = ?2, title = ?3, people = ?4, version = ?5,
                    savedAt = ?6, savedBy = ?7
                """, arguments: [id, name, title, people, version, at, by])
        try database.execute(
            sql: """
                INSERT INTO scenarioVersion (scenario, version, yaml, savedAt, savedBy)
                VALUES (?, ?, ?, ?, ?)
                """, arguments: [id, version, yaml, at, by])
    }

    /// Takes a scenario off the list; its versions stay.
    package func removeScenario(_ id: String) throws {
        try database.execute(sql: "UPDATE scenario SET isGone = 1 WHERE id = ?", arguments: [id])
    }
}
