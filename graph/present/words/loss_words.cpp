#include "present/words/loss_words.hpp"

#include "present/words/wording.hpp"

namespace chokepoint::detail {

namespace {

std::string words_of(const Session& session, const LossCount& lost) {
  const auto& [nodes, deliveries] = lost;
  if (nodes == 0 && deliveries == 0) return say(session, "nothing stops wholly");
  if (nodes == 0 && deliveries == 1) return say(session, "no thing or actor is lost; one delivery stops");
  if (nodes == 0) return say(session, "no thing or actor is lost; {} deliveries stop", deliveries);
  const std::string lost_nodes =
      nodes == 1 ? say(session, "one thing or actor is lost") : say(session, "{} things and actors are lost", nodes);
  if (deliveries == 0) return lost_nodes;
  return deliveries == 1 ? say(session, "{}, one delivery stops", lost_nodes)
                         : say(session, "{}, {} deliveries stop", lost_nodes, deliveries);
}

}  // namespace

std::string loss_words(const Session& session, const std::string& causes, const LossCount& any, const LossCount& all) {
  std::string text = say(session, "{}: {}", causes, words_of(session, any));
  if (any != all) text += say(session, "; if all variants are needed: {}", words_of(session, all));
  return text;
}

}  // namespace chokepoint::detail
