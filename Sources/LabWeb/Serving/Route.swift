package import HTTPTypes
package import LabDomain
internal import LabOperations

/// One thing that can be asked of the server, and who may ask it.
package struct Route: Sendable {
    /// Who may come in.
    package enum Access: Hashable, Sendable {
        /// Anybody, signed in or not.
        case everybody
        /// Whoever is signed in.
        case signedIn
        /// Whoever's role may do this.
        case verb(Verb)

        /// Whether somebody with a role comes in; nil is somebody who is not signed in.
        package func admits(_ role: Role?) -> Bool {
            switch self {
            case .everybody: true
            case .signedIn: role?.may(.signIn) ?? false
            case .verb(let verb): role.map { $0.may(.signIn) && $0.may(verb) } ?? false
            }
        }
    }

    package let method: HTTPRequest.Method
    /// The path with its places, such as `/plates/:plate`.
    package let path: String
    package let access: Access
    /// Bytes of a request's body at most.
    package let mostBytes: Int
    /// Whether somebody sits before the page: what a page asks by itself keeps no session alive.
    package let isSignOfLife: Bool
    /// Whether a screen on a wall may ask it, on which nobody is signed in.
    package private(set) var isForDisplays = false
    let answer: @Sendable (Visit) async throws -> Answer

    init(
        method: HTTPRequest.Method, path: String, access: Access, mostBytes: Int,
        isSignOfLife: Bool = true, answer: @escaping @Sendable (Visit) async throws -> Answer
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.mostBytes = mostBytes
        self.isSignOfLife = isSignOfLife
        self.answer = answer
    }

    /// Something to look at, made away from the threads that answer requests.
    static func get(
        _ path: String, _ access: Access, isSignOfLife: Bool = true,
        _ look: @escaping @Sendable (Visit) throws -> Answer
    ) -> Route {
        Route(
            method: .get, path: path, access: access, mostBytes: 0, isSignOfLife: isSignOfLife
        ) { visit in
            try await aside { try look(visit) }
        }
    }

    /// Something to do.
    static func post(
        _ path: String, _ access: Access, mostBytes: Int = 1 << 16,
        _ act: @escaping @Sendable (Visit) async throws -> Answer
    ) -> Route {
        Route(method: .post, path: path, access: access, mostBytes: mostBytes, answer: act)
    }

    /// The same, also for a screen on a wall.
    var alsoForDisplays: Route {
        var route = self
        route.isForDisplays = true
        return route
    }

    /// Something to do with a verb, or to look at by itself.
    static func get(
        _ path: String, _ verb: Verb, _ look: @escaping @Sendable (Visit) throws -> Answer
    ) -> Route {
        get(path, .verb(verb), look)
    }

    /// Something that a role with a verb may do.
    static func post(
        _ path: String, _ verb: Verb, mostBytes: Int = 1 << 16,
        _ act: @escaping @Sendable (Visit) async throws -> Answer
    ) -> Route {
        post(path, .verb(verb), mostBytes: mostBytes, act)
    }
}
