import { recipeState } from '@mealprep360/contracts/recipes';
import { connectRedis, type RedisClient } from '@mealprep360/redis/connect';
import { keepPlainly, openCopies, openOwned, ownedRecipes, type Carrier } from './carrier.ts';
import { now } from './now.ts';

const CHANNEL = 'recipes';

/** The bus of the strategy: a write, then a message to whoever listens just now. */
export const pubSub: Carrier = {
  sender: async at => {
    const db = await openOwned(at);
    const redis = connected(at.redis);
    return {
      send: async recipe => {
        await db.raw(ownedRecipes).insertOne({ _id: recipe.id, ...recipe });
        const at = now();
        await redis.publish(CHANNEL, JSON.stringify(recipe));
        return at;
      },
    };
  },
  receiver: async at => {
    const db = await openCopies(at);
    const redis = connected(at.redis);
    redis.on('message', (_channel: string, text: string) => void keepPlainly(db, recipeState.parse(JSON.parse(text))));
    await redis.subscribe(CHANNEL);
    return {};
  },
};

function connected(url: string): RedisClient {
  const redis = connectRedis(url, {});
  // the client connects again by itself; what is lost meanwhile is counted by the copies that are missing
  redis.on('error', () => undefined);
  return redis;
}
