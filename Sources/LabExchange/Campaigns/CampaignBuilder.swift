internal import LabDomain
internal import LabTables

/// Puts the rows of a campaign's file together and collects what is wrong with their cells.
struct CampaignBuilder {
    private(set) var pools: [CampaignPool] = []
    private(set) var faults: [CampaignFault] = []
    private let columns: Columns
    private var places: [String: Int] = [:]
    private var poolLines: [Int] = []
    private var sampleLines: [String: Int] = [:]

    init(columns: Columns) {
        self.columns = columns
    }

    mutating func take(_ row: DelimitedTable.Row) {
        let sample = name("sample_no", row)
        if let sample {
            if let first = sampleLines[sample] {
                complain("sample_no", row, .doubledSample(firstLine: first))
            } else {
                sampleLines[sample] = row.line
            }
        }
        let pool = name("pool_no", row)
        let poolCq = result("pool_ct", row)
        if case .notTested = poolCq { complain("pool_ct", row, .empty) }
        let own = result("individual_ct", row)
        guard let sample, let pool, let poolCq, let own, poolCq != .notTested else { return }
        let added = CampaignSample(id: sample, line: row.line, result: own)
        var cq: Cq?
        if case .cq(let value) = poolCq { cq = value }
        guard let place = places[pool] else {
            places[pool] = pools.count
            poolLines.append(row.line)
            pools.append(CampaignPool(id: pool, cq: cq, samples: [added]))
            return
        }
        if pools[place].cq != cq {
            complain("pool_ct", row, .poolDisagrees(firstLine: poolLines[place]))
        }
        pools[place].samples.append(added)
    }

    private mutating func name(_ column: String, _ row: DelimitedTable.Row) -> String? {
        let cell = columns.cell(column, of: row)
        if cell == nil { complain(column, row, .empty) }
        return cell
    }

    /// A Ct, `Negative` or nothing; nil after a complaint.
    private mutating func result(
        _ column: String, _ row: DelimitedTable.Row
    ) -> CampaignSample.Result? {
        switch CqCell(columns.cell(column, of: row) ?? "") {
        case .empty: return .notTested
        case .cq(let cq): return .cq(cq)
        case .word("negative"): return .negative
        case .word: complain(column, row, .notNumber)
        case .decimalComma: complain(column, row, .decimalComma)
        case .outOfRange: complain(column, row, .outOfRange)
        }
        return nil
    }

    private mutating func complain(
        _ column: String, _ row: DelimitedTable.Row, _ kind: CampaignFault.Kind
    ) {
        faults.append(
            CampaignFault(line: row.line, column: columns[column].map { $0 + 1 }, kind))
    }
}
