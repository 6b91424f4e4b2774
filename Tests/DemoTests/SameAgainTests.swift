import Estate
import Journal
import Testing

@Suite struct SameAgainTests {
    @Test("The same seed and moment give the same views, another seed gives others")
    func sameSeed() throws {
        let first = try Sample("2026-11-24T10:20:00+08:00", seed: 7)
        let again = try Sample("2026-11-24T10:20:00+08:00", seed: 7)
        let other = try Sample("2026-11-24T10:20:00+08:00", seed: 8)
        let views: [any View] = [
            FollowUpsView(), ArrearsView(), GateView(), CollectionView(), CallsView(), RequestsView(), PeopleView(),
            BillsView(), PaymentsView(), DunningsView(), InspectionsView(), ShiftsView(), VehiclesView(),
        ]
        for view in views {
            let texts = try first.texts(view)
            #expect(!texts.isEmpty)
            #expect(try again.texts(view) == texts, "\(type(of: view).name)")
            #expect(try other.texts(view) != texts, "\(type(of: view).name)")
        }
        // The morning stays as it was when the afternoon comes.
        let evening = try Sample("2026-11-24T20:00:00+08:00", seed: 7)
        let rang = first.estate.calls.all.values.map(\.rang)
        #expect(Array(evening.estate.calls.all.values.map(\.rang).prefix(rang.count)) == rang)
        #expect(evening.estate.calls.all.count > rang.count)
    }
}
