import Foundation
import LabDomain
import LabOperations
import LabWeb
import Testing

extension ApiTests {
    private struct Answer: Decodable {
        struct Expected: Decodable {
            let at, low, high, forecastAt: String
        }
        let tube: String
        let dueAt: String?
        let expected: Expected?
    }

    private struct Answers: Decodable { let rows: [Answer] }

    @Test("API-20: a result that is awaited carries its limit, its expected time and the band")
    func expected() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1), ("1:1", 1)])
        let unit = try program(.sendingUnit, bench.web)
        func rows() async throws -> [Answer] {
            let body = try await unit.ask(.get, "/results?box=B1").body
            return try JSONDecoder().decode(Answers.self, from: Data(body.utf8)).rows
        }
        // Nobody has made a forecast yet.
        let early = try await rows()
        #expect(early.count == 2 && early.allSatisfy { $0.expected == nil && $0.dueAt != nil })
        let board = try bench.web.site.forecast.present(at: bench.web.present)
        let line = try #require(board.lines.first)
        let body = try await unit.ask(.get, "/results/\(WebBench.barcode(1))").body
        let alone = try JSONDecoder().decode(Answer.self, from: Data(body.utf8))
        for answer in try await rows() + [alone] {
            let expected = try #require(answer.expected)
            // Whole seconds are told.
            #expect(expected.at == Zone.china.text(line.predicted))
            #expect(expected.low == Zone.china.text(line.low))
            #expect(expected.high == Zone.china.text(line.high))
            #expect(expected.forecastAt == Zone.china.text(board.at))
        }
        // What is out is not expected any more.
        try bench.review(try bench.test { _ in RunBench.negative })
        try bench.perform(Release(.negatives), as: RunBench.supervisor)
        _ = try bench.web.site.forecast.present(at: bench.web.present)
        #expect(try await rows().allSatisfy { $0.expected == nil && $0.dueAt == nil })
    }
}
