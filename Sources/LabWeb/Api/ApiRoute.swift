package import HTTPTypes
package import LabDomain
internal import LabOperations

/// One operation of the interface for programs.
package struct ApiRoute: Sendable {
    package let method: HTTPRequest.Method
    /// The path with its places, such as `/api/v1/plates/:plate/run`.
    package let path: String
    /// The name of the operation in specs/openapi.yaml.
    package let operation: String
    package let verb: Verb
    let mostBytes: Int
    let answer: @Sendable (ApiVisit) async throws -> ApiAnswer

    /// Something to look at.
    static func look<Value: Encodable & Sendable>(
        _ path: String, _ operation: String, _ verb: Verb,
        _ look: @escaping @Sendable (ApiVisit) throws -> Value
    ) -> ApiRoute {
        ApiRoute(
            method: .get, path: prefix + path, operation: operation, verb: verb, mostBytes: 0
        ) { visit in
            try await aside { ApiAnswer(visit.json(try look(visit))) }
        }
    }

    /// Something to do, asked for with a JSON object.
    static func ask<Body: Decodable & Sendable, Asked: Command>(
        _ path: String, _ operation: String, mostBytes: Int = 1 << 20,
        _ command: @escaping @Sendable (Body, ApiVisit) throws -> Asked
    ) -> ApiRoute {
        ApiRoute(
            method: .post, path: prefix + path, operation: operation, verb: Asked.verb,
            mostBytes: mostBytes
        ) { visit in
            try await visit.perform(try command(try visit.read(Body.self), visit))
        }
    }

    /// Something to do, asked for with a JSON object that names what has to be looked up first.
    static func askLooking<Body: Decodable & Sendable, Asked: Command>(
        _ path: String, _ operation: String,
        _ command: @escaping @Sendable (Body, ApiVisit) throws -> Asked
    ) -> ApiRoute {
        ApiRoute(
            method: .post, path: prefix + path, operation: operation, verb: Asked.verb,
            mostBytes: 1 << 20
        ) { visit in
            let asked = try visit.read(Body.self)
            return try await visit.perform(try await aside { try command(asked, visit) })
        }
    }

    /// Something to do that needs no more than its path; a body is not looked at.
    static func bare<Asked: Command>(
        _ path: String, _ operation: String,
        _ command: @escaping @Sendable (ApiVisit) throws -> Asked
    ) -> ApiRoute {
        ApiRoute(
            method: .post, path: prefix + path, operation: operation, verb: Asked.verb,
            mostBytes: 1 << 16
        ) { visit in
            try await visit.perform(try command(visit))
        }
    }

    /// Something to do with a file.
    static func file<Asked: Command>(
        _ path: String, _ operation: String, mostBytes: Int,
        _ command: @escaping @Sendable (ApiVisit) throws -> Asked
    ) -> ApiRoute {
        ApiRoute(
            method: .post, path: prefix + path, operation: operation, verb: Asked.verb,
            mostBytes: mostBytes
        ) { visit in
            guard !visit.body.isEmpty else {
                throw ApiProblem(.malformed, "The request has no body.")
            }
            return try await visit.perform(try command(visit))
        }
    }

    /// Where all operations begin; another major version gets another one.
    static let prefix = root + "v1"
    /// Where every version begins.
    static let root = "/api/"
}

/// What an operation answers.
struct ApiAnswer: Sendable {
    let body: [UInt8]
    /// Whether it was done before under the same key, and this is the first answer again.
    var isRepeated = false

    init(_ body: [UInt8], isRepeated: Bool = false) {
        self.body = body
        self.isRepeated = isRepeated
    }
}
