internal import GRDB
internal import LabDomain

/// The laboratory in numbers.
package struct LaboratoryStatus: Hashable, Sendable, Codable {
    package let people: Int
    package let tubes: Int
    package let singleTubes: Int
    package let mixedTubes: Int
    package let environmentalTubes: Int
    package let tubesExpected: Int
    package let tubesReceived: Int
    package let tubesRejected: Int
    package let specimens: Int
    /// First pools; the smaller ones that they are cut into are counted apart.
    package let pools: Int
    package let poolsConfirmed: Int
    package let poolsUnconfirmed: Int
    package let poolsOpen: Int
    package let smallerPools: Int
    package let plates: Int
    package let platesWaitingForRun: Int
    package let runsInvalid: Int
    package let runsToReview: Int
    /// Sample wells run, controls not counted.
    package let wells: Int
    package let testsWaiting: Int
    package let retestsWaiting: Int
    package let answersToRelease: Int
    package let answersReleased: Int
    package let peopleDetected: Int
    package let environmentDetected: Int
    package let recollectionsOpen: Int
    package let recollectionsClosed: Int
    package let tasksOpen: Int
    package let reports: Int
}

extension StoreView {
    /// Counts everything that the status shows.
    package func status() throws -> LaboratoryStatus {
        LaboratoryStatus(
            people: try count("SELECT count(*) FROM person"),
            tubes: try count("SELECT count(*) FROM tube"),
            singleTubes: try count("SELECT count(*) FROM tube WHERE kind = 'single'"),
            mixedTubes: try count("SELECT count(*) FROM tube WHERE kind = 'mixed'"),
            environmentalTubes: try count("SELECT count(*) FROM tube WHERE kind = 'environmental'"),
            tubesExpected: try count("SELECT count(*) FROM tube WHERE state = 'expected'"),
            tubesReceived: try count("SELECT count(*) FROM tube WHERE receivedAt IS NOT NULL"),
            tubesRejected: try count("SELECT count(*) FROM tube WHERE state = 'rejected'"),
            specimens: try count("SELECT count(*) FROM specimen"),
            pools: try count("SELECT count(*) FROM pool WHERE parent IS NULL"),
            poolsConfirmed: try count(
                "SELECT count(*) FROM pool WHERE parent IS NULL AND state = 'confirmed'"),
            poolsUnconfirmed: try count(
                "SELECT count(*) FROM pool WHERE parent IS NULL AND state = 'unconfirmed'"),
            poolsOpen: try count(
                """
                SELECT count(*) FROM pool
                WHERE parent IS NULL AND state IN ('open', 'opened', 'split')
                """),
            smallerPools: try count(
                "SELECT count(*) FROM pool WHERE parent IS NOT NULL AND state <> 'withdrawn'"),
            plates: try count("SELECT count(*) FROM plate"),
            platesWaitingForRun: try count("SELECT count(*) FROM plate WHERE state = 'laid-out'"),
            runsInvalid: try count(
                "SELECT count(*) FROM run WHERE state IN ('invalid', 'refused')"),
            runsToReview: try count("SELECT count(*) FROM run WHERE state = 'valid'"),
            wells: try count("SELECT count(*) FROM request WHERE run IS NOT NULL"),
            testsWaiting: try count("SELECT count(*) FROM request WHERE state = 'waiting'"),
            retestsWaiting: try count(
                "SELECT count(*) FROM request WHERE state = 'waiting' AND purpose <> 'routine'"),
            answersToRelease: try count("SELECT count(*) FROM answer WHERE state <> 'released'"),
            answersReleased: try count("SELECT count(*) FROM answer WHERE state = 'released'"),
            peopleDetected: try count(
                """
                SELECT count(DISTINCT s.person) FROM answer a JOIN specimen s ON s.tube = a.tube
                WHERE a.outcome = 'detected' AND a.state = 'released'
                """),
            environmentDetected: try count(
                """
                SELECT count(*) FROM answer a JOIN tube t ON t.barcode = a.tube
                WHERE t.kind = 'environmental' AND a.outcome = 'detected' AND a.state = 'released'
                """),
            recollectionsOpen: try count("SELECT count(*) FROM recollection WHERE state = 'open'"),
            recollectionsClosed: try count(
                "SELECT count(*) FROM recollection WHERE state NOT IN ('open', 'withdrawn')"),
            tasksOpen: try count("SELECT count(*) FROM task WHERE state = 'open'"),
            reports: try count("SELECT count(*) FROM report"))
    }
}

/// Tests counted by what they were for.
package struct TestCounts: Hashable, Sendable {
    /// First pools whose own test was positive.
    package let positivePools: Int
    /// Members of positive pools that were read by themselves.
    package let retests: Int
    /// First pools with a member that is positive, concluded or not.
    package let poolsWithPositiveMember: Int
}

extension StoreView {
    /// Counts pools and retests for the account of a campaign.
    package func testCounts() throws -> TestCounts {
        TestCounts(
            positivePools: try count(
                """
                SELECT count(DISTINCT p.id) FROM request q JOIN pool p ON p.id = q.pool
                WHERE p.parent IS NULL AND q.verdict IN ('detected', 'grey')
                """),
            retests: try count(
                """
                SELECT count(*) FROM request
                WHERE purpose = 'retest' AND tube IS NOT NULL AND run IS NOT NULL
                """),
            poolsWithPositiveMember: try count(
                """
                SELECT count(DISTINCT p.id) FROM poolMember m JOIN pool p ON p.id = m.pool
                JOIN answer a ON a.tube = m.tube
                WHERE p.parent IS NULL AND a.outcome = 'detected'
                """))
    }
}
