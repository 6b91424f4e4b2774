import Foundation
import Testing

@testable import Hub

@Suite("The thread that follows a hub")
struct HubFollowerTests {
    @Test("it ends when it is stopped, and nothing of it is left")
    func stops() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hub-\(UUID())").path
        weak var follower: HubFollower?
        do {
            let started = HubFollower(of: folder)
            started.start()
            follower = started
            started.stop(within: 60)
        }
        let end = Date.now.addingTimeInterval(60)
        while follower != nil, Date.now < end { Thread.sleep(forTimeInterval: 0.01) }
        #expect(follower == nil)
    }
}
